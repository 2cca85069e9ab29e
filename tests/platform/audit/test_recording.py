"""Writing leaves and traces: with the change or not at all, and never again changed."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.audit.models import AccessTrace, Leaf
from panjereh_kernel.actor import Actor, Channel, Role
from tests.platform.audit.conftest import AT, SYSTEM, write_leaf

PERSON = UUID("019e4c5e-0000-7000-8000-0000000000aa")
OFFICER = Actor(
    role=Role.CITIZEN,
    channel=Channel.WEB,
    purpose="case-decision",
    subject_id=UUID("019e4c5e-0000-7000-8000-0000000000bb"),
    account_id=UUID("019e4c5e-0000-7000-8000-0000000000cc"),
)
real_commits = pytest.mark.django_db(transaction=True, databases=["default", "trace", "reader"])


class RolledBackError(Exception):
    pass


def test_a_leaf_says_who_did_what_to_what_when() -> None:
    leaf_id = audit.record(
        event="casework.case.submitted", actor=OFFICER, subject="a-case", at=AT, facts={"state": "submitted"}
    )

    leaf = Leaf.objects.get(id=leaf_id)
    assert (leaf.event, leaf.subject, leaf.facts, leaf.at) == (
        "casework.case.submitted", "a-case", {"state": "submitted"}, AT,
    )  # fmt: skip
    assert (leaf.role, leaf.channel, leaf.subject_id, leaf.account_id) == (
        "citizen", "web", OFFICER.subject_id, OFFICER.account_id,
    )  # fmt: skip


def test_two_equal_happenings_have_different_salts() -> None:
    one, other = (Leaf.objects.get(id=write_leaf()) for _ in range(2))

    assert bytes(one.salt) != bytes(other.salt)


def test_a_leaf_is_rolled_back_with_the_change_it_tells_of() -> None:
    def change_and_fail() -> None:
        write_leaf()
        raise RolledBackError

    with pytest.raises(RolledBackError):
        transaction.atomic(change_and_fail)()

    assert not Leaf.objects.exists()


@pytest.mark.parametrize("event", ["Case submitted", "case", "casework..case", ""])
def test_the_database_refuses_an_event_that_is_not_a_name(event: str) -> None:
    with pytest.raises(IntegrityError, match="audit_leaf_event_is_a_name"):
        write_leaf(event)


def test_the_database_refuses_a_leaf_without_a_whole_salt() -> None:
    row = {"event": "a.b", "role": "system", "channel": "job", "subject": "x", "facts": {}, "at": AT}

    with pytest.raises(IntegrityError, match="audit_leaf_has_a_salt"):
        Leaf.objects.create(id=PERSON, salt=b"short", **row)


@real_commits
def test_the_connection_of_traces_can_only_insert() -> None:
    audit.trace_access(subject_id=PERSON, actor=OFFICER, what="people.person", at=AT)

    with pytest.raises(DatabaseError, match="permission denied"):
        AccessTrace.objects.using("trace").count()


@real_commits
def test_a_trace_says_who_looked_at_what_and_why() -> None:
    audit.trace_access(subject_id=PERSON, actor=OFFICER, what="people.person", at=AT)

    (access,) = audit.accesses_of(PERSON, limit=10)
    assert (access.role, access.channel, access.actor_subject_id, access.purpose, access.what, access.at) == (
        "citizen", "web", OFFICER.subject_id, "case-decision", "people.person", AT,
    )  # fmt: skip


@real_commits
def test_a_trace_stays_when_the_reading_transaction_is_rolled_back() -> None:
    def read_and_fail() -> None:
        audit.trace_access(subject_id=PERSON, actor=OFFICER, what="people.person", at=AT)
        raise RolledBackError

    with pytest.raises(RolledBackError):
        transaction.atomic(read_and_fail)()

    assert len(audit.accesses_of(PERSON, limit=10)) == 1


@real_commits
def test_accesses_are_those_of_one_person_the_latest_first_page_by_page() -> None:
    import datetime as dt

    for minute in range(5):
        audit.trace_access(subject_id=PERSON, actor=SYSTEM, what="a", at=AT + dt.timedelta(minutes=minute))
    audit.trace_access(subject_id=UUID(int=1), actor=SYSTEM, what="other", at=AT)

    first = audit.accesses_of(PERSON, limit=3)
    second = audit.accesses_of(PERSON, limit=3, before=first[-1].id)

    assert [access.at.minute for access in [*first, *second]] == [34, 33, 32, 31, 30]


@pytest.mark.parametrize(("purpose", "what"), [("", "a"), ("a", "")])
def test_the_database_refuses_a_trace_without_purpose_or_matter(purpose: str, what: str) -> None:
    with pytest.raises(IntegrityError, match="audit_accesstrace"):
        audit.trace_access(subject_id=PERSON, actor=Actor.system(purpose), what=what, at=AT)


@real_commits
def test_nothing_is_read_without_a_trace(owner: psycopg.Connection[Any]) -> None:
    owner.execute("REVOKE INSERT ON audit_accesstrace FROM panjereh_trace")
    try:
        with pytest.raises(DatabaseError, match="permission denied"):
            audit.trace_access(subject_id=PERSON, actor=OFFICER, what="people.person", at=AT)
    finally:
        owner.execute("GRANT INSERT ON audit_accesstrace TO panjereh_trace")
