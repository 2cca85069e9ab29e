"""The order of the record: no late commit is passed over, nothing is placed twice."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection

from panjereh.domain.audit import api as audit
from panjereh.domain.audit import queries
from panjereh.domain.audit.models import Sequenced
from panjereh.domain.audit.operations.sequence_leaves import LOCK
from tests.platform.audit.conftest import AT, sequence_all, write_leaf

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace"])

INSERT = """
INSERT INTO audit_leaf (id, event, role, channel, subject, facts, at, salt)
VALUES (%s, 'a.b', 'system', 'job', 'x', '{}', now(), decode(repeat('00', 16), 'hex'))
"""
EARLY, LATE = UUID(int=1), UUID(int=2)


def placed() -> list[UUID]:
    return [leaf.content.id for leaf in audit.leaves_after(-1, limit=100)]


def test_leaves_are_placed_from_nought_in_the_order_they_were_committed() -> None:
    written = [write_leaf() for _ in range(3)]

    sequence_all()

    assert placed() == written
    assert [leaf.index for leaf in audit.leaves_after(-1, limit=100)] == [0, 1, 2]


def test_a_transaction_that_began_first_and_commits_last_is_not_passed_over(settings: Any) -> None:
    url = settings.PANJEREH_TEST_OWNER_URL
    with psycopg.connect(url) as slow, psycopg.connect(url) as fast:
        slow.execute(INSERT, [LATE])
        fast.execute(INSERT, [EARLY])
        fast.commit()

        while_slow_runs = audit.sequence_leaves(at=AT)
        slow.commit()
    sequence_all()

    assert while_slow_runs == 0
    assert placed() == [LATE, EARLY]


def test_a_leaf_that_commits_after_others_were_placed_comes_behind_them(settings: Any) -> None:
    first = write_leaf()
    sequence_all()
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL) as other:
        # An id that sorts before every other: the transaction decides, not the id.
        other.execute(INSERT, [EARLY])
    sequence_all()

    assert placed() == [first, EARLY]


def test_a_rolled_back_leaf_leaves_no_gap(settings: Any) -> None:
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL) as other:
        other.execute(INSERT, [EARLY])
        other.rollback()
    kept = write_leaf()
    sequence_all()

    assert [(leaf.index, leaf.content.id) for leaf in audit.leaves_after(-1, limit=9)] == [(0, kept)]


def test_a_transaction_cut_by_the_limit_goes_on_where_it_was_cut(settings: Any) -> None:
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL) as other:
        for number in range(5):
            other.execute(INSERT, [UUID(int=number)])
    while queries.waiting_count():
        audit.sequence_leaves(at=AT, limit=1)

    assert placed() == [UUID(int=number) for number in range(5)]


def test_at_most_the_limit_is_placed_at_once() -> None:
    for _ in range(3):
        write_leaf()

    while (placed_at_once := audit.sequence_leaves(at=AT, limit=2)) == 0:
        continue

    assert placed_at_once in (1, 2)
    sequence_all()
    assert len(placed()) == 3


def test_sequencing_again_places_nothing_twice() -> None:
    write_leaf()
    sequence_all()

    assert audit.sequence_leaves(at=AT) == 0
    assert queries.sequenced_size() == 1


def test_a_second_sequencer_waits_for_the_first(settings: Any) -> None:
    write_leaf()
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")

        with pytest.raises(OperationalError, match="lock timeout"):
            audit.sequence_leaves(at=AT)

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = DEFAULT")


def test_a_database_that_counts_its_transactions_anew_is_refused(owner: psycopg.Connection[Any]) -> None:
    write_leaf()
    sequence_all()
    owner.execute("UPDATE audit_leaf SET transaction_id = '9000000000000'")

    with pytest.raises(audit.TransactionsRestarted) as refusal:
        audit.sequence_leaves(at=AT)

    assert (refusal.value.code, refusal.value.last_transaction) == (
        "audit-transactions-restarted", "9000000000000",
    )  # fmt: skip


def test_the_database_refuses_to_place_a_leaf_twice() -> None:
    leaf_id = write_leaf()
    sequence_all()

    with pytest.raises(IntegrityError):
        Sequenced.objects.create(index=7, leaf_id=leaf_id)


def test_leaves_are_read_on_from_a_place() -> None:
    written = [write_leaf() for _ in range(4)]
    sequence_all()

    assert [leaf.content.id for leaf in audit.leaves_after(1, limit=1)] == [written[2]]


def test_a_leaf_is_found_in_its_place_once_it_has_one() -> None:
    leaf_id = write_leaf()
    before = audit.sequenced_leaf(leaf_id)
    sequence_all()
    after = audit.sequenced_leaf(leaf_id)

    assert before is None
    assert after is not None
    assert after.index == 0
