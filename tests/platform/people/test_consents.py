"""What a person allowed a program is kept, holds until its last day, and is taken back with one act."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from panjereh.domain.audit.models import Leaf
from panjereh.domain.people import api as people
from panjereh.domain.people.models import Consent
from panjereh.plumbing.models import OutboxEvent
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.people.allowed import ASKED, allow, citizen, sign_in
from tests.platform.people.desk import Desk, fresh_id, open_minas_account
from tests.platform.people.orders import approved_order

STRANGER = Actor.anonymous("own-affairs")


@pytest.fixture
def mina(registers: Any) -> Any:
    return open_minas_account()


@pytest.fixture
def at_desk(desk: Desk, mina: Any) -> Desk:
    """Return the desk at which Mina has signed in."""
    sign_in(desk)
    return desk


def events(name: str) -> list[str]:
    return [each.payload["consent_id"] for each in OutboxEvent.objects.filter(name=name).order_by("id")]


def test_nothing_is_allowed_that_was_not_named(at_desk: Desk, mina: Any):
    allow(at_desk)

    held = {
        scope: people.allows(mina.subject_id, client_id="bank", scope=scope, at=at_desk.at)
        for scope in ("cases:read", "documents:read", "cases:withdraw")
    }
    assert held == {"cases:read": True, "documents:read": True, "cases:withdraw": False}
    assert not people.allows(mina.subject_id, client_id="shop", scope="cases:read", at=at_desk.at)


def test_a_consent_ends_with_its_last_day_in_tehran(at_desk: Desk, mina: Any):
    given = allow(at_desk)
    ends = dt.datetime(2027, 2, 20, 20, 30, tzinfo=dt.UTC)

    assert (given.last_day, given.valid_until) == (ASKED.last_day, ends)
    for at, holds in ((ends - dt.timedelta(seconds=1), True), (ends, False)):
        assert people.allows(mina.subject_id, client_id="bank", scope="cases:read", at=at) is holds
        assert people.consent(given.id, actor=citizen(mina), at=at).is_live is holds


def test_what_is_allowed_already_is_kept_once(at_desk: Desk):
    first = allow(at_desk)

    assert allow(at_desk, scopes=["cases:read"]) == first
    assert events("people.program_allowed") == [str(first.id)]
    assert Leaf.objects.filter(event="people.program.allowed").count() == 1


def test_allowing_more_replaces_what_was_allowed_and_ends_its_tokens(at_desk: Desk, mina: Any):
    first = allow(at_desk)

    second = allow(at_desk, scopes=["cases:withdraw"])

    seen = people.consents_of(actor=citizen(mina), at=at_desk.at)
    assert [each.id for each in seen.live] == [second.id]
    assert [(each.id, each.end) for each in seen.past] == [(first.id, people.ConsentEnd.REPLACED)]
    assert events("people.consent_ended") == [str(first.id)]


def test_programs_are_allowed_apart(at_desk: Desk, mina: Any):
    allow(at_desk)
    allow(at_desk, client_id="shop", name={"fa": "فروشگاه", "en": "Shop"})

    assert len(people.consents_of(actor=citizen(mina), at=at_desk.at).live) == 2
    assert people.program_names(actor=citizen(mina)) == {
        "bank": {"fa": "بانک", "en": "Bank"},
        "shop": {"fa": "فروشگاه", "en": "Shop"},
    }


def test_what_is_taken_back_is_over_at_once_and_once(at_desk: Desk, mina: Any):
    given = allow(at_desk)

    for _ in range(2):
        people.take_back_consent(given.id, actor=citizen(mina), at=at_desk.at)

    assert not people.allows(mina.subject_id, client_id="bank", scope="cases:read", at=at_desk.at)
    assert events("people.consent_ended") == [str(given.id)]
    leaf = Leaf.objects.get(event="people.program.taken_back")
    assert (leaf.subject, leaf.facts["consent"]) == (str(mina.subject_id), str(given.id))


def test_that_the_end_was_told_is_noted_and_only_of_an_end(at_desk: Desk, mina: Any):
    given, platform = allow(at_desk), Actor.system("consent-end")

    def is_told() -> bool:
        return people.consent(given.id, actor=platform, at=at_desk.at).is_end_told

    people.note_end_told(given.id, actor=platform, at=at_desk.at)
    assert not is_told()
    people.take_back_consent(given.id, actor=citizen(mina), at=at_desk.at)
    people.note_end_told(given.id, actor=platform, at=at_desk.at)
    assert is_told()


def test_a_consent_is_its_persons_alone(at_desk: Desk, mina: Any):
    given = allow(at_desk)
    other = Actor(citizen(mina).role, citizen(mina).channel, "own-affairs", subject_id=fresh_id())

    for actor in (other, STRANGER):
        with pytest.raises(NotFound):
            people.consent(given.id, actor=actor, at=at_desk.at)
        with pytest.raises(NotFound):
            people.take_back_consent(given.id, actor=actor, at=at_desk.at)
    with pytest.raises(NotFound):
        people.consents_of(actor=STRANGER, at=at_desk.at)
    with pytest.raises(NotFound):
        people.note_end_told(given.id, actor=citizen(mina), at=at_desk.at)


def test_nobody_allows_before_they_signed_in(desk: Desk, mina: Any):
    desk.begin()

    with pytest.raises(people.SignInStepImpossible):
        allow(desk)
    with pytest.raises(people.SignInStepImpossible):
        people.kept_consent(
            desk.id, client_id="bank", scopes=["cases:read"], visitor=desk.visitor, at=desk.at
        )


def test_the_database_itself_keeps_one_consent_alive_for_a_program(at_desk: Desk):
    given = Consent.objects.get(id=allow(at_desk).id)
    given.id = fresh_id()

    with pytest.raises(IntegrityError, match="people_consent_one_alive"), transaction.atomic():
        given.save(force_insert=True)


def test_erasing_a_person_ends_what_they_allowed(at_desk: Desk, mina: Any):
    given, platform = allow(at_desk), Actor.system("erasure")

    people.erase_subject(approved_order(mina.subject_id, at=at_desk.at), actor=platform, at=at_desk.at)

    ended = people.consent(given.id, actor=platform, at=at_desk.at)
    assert (ended.is_live, ended.end) == (False, people.ConsentEnd.ERASED)
    assert events("people.consent_ended") == [str(given.id)]
