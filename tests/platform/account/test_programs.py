"""The page on which a person sees what they allowed programs, and takes it back."""

from typing import Any

import pytest
from django.test import Client

from panjereh.domain.audit import api as audit
from panjereh.domain.messaging import api as messaging
from panjereh.domain.people import api as people
from panjereh.domain.people.models import Consent
from panjereh.jobs import identity_provider
from panjereh.jobs.outbox import SubscribersFailed
from panjereh_kernel.actor import Actor, Channel, Role
from tests.platform.account.conftest import Clock, Page
from tests.platform.jobs_now import run_waiting_jobs
from tests.platform.people.allowed import citizen

pytestmark = pytest.mark.django_db(databases=["default", "trace"])


@pytest.fixture
def consent(page: Page, mina: Any, code: str) -> Consent:
    """Return what Mina allowed the bank."""
    page.idp.scopes = ["cases:read"]
    page.until_code()
    page.send("code", code=code)
    page.get("finish")
    page.send("consent", answer="allow")
    return Consent.objects.get()


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the consents whose end the identity provider heard of."""
    told: list[Any] = []
    monkeypatch.setattr(identity_provider, "end_consent", told.append)
    return told


@pytest.fixture
def signed_in(client: Client, mina: Any, clock: Clock) -> Client:
    session = client.session
    now = clock.at.timestamp()
    session.update(
        {
            "account_id": str(mina.account_id),
            "subject_id": str(mina.subject_id),
            "acr": 1,
            "ial": 1,
            "auth_at": now,
            "ends_at": now + 3600,
            "seen_at": now,
        }
    )
    session.save()
    return client


def test_whoever_allowed_nothing_is_told_so(signed_in: Client):
    assert "You allow no program anything" in signed_in.get("/en/programs/").text


def test_the_page_says_what_a_program_may_and_that_it_saw_nothing(signed_in: Client, consent: Consent):
    text = signed_in.get("/en/programs/").text

    assert "See your requests and where they stand" in text
    assert "It has not seen anything yet" in text


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_the_page_says_when_a_program_last_saw_something(
    signed_in: Client, consent: Consent, mina: Any, clock: Clock
):
    program = Actor(Role.CITIZEN, Channel.API, "program:bank", subject_id=mina.subject_id)
    audit.trace_access(subject_id=mina.subject_id, actor=program, what="casework.cases", at=clock.at)

    text = signed_in.get("/en/programs/").text

    assert "It has not seen anything yet" not in text
    assert audit.last_readings(["program:bank", "program:shop"], actor=citizen(mina)) == {
        "program:bank": clock.at
    }


def test_taking_back_is_asked_once_and_then_done(signed_in: Client, consent: Consent, ended: list[Any]):
    page = f"/en/programs/{consent.id}/"
    assert "Take back what you allowed?" in signed_in.get(page).text

    answer = signed_in.post(page)

    assert answer.headers["Location"] == "/en/programs/"
    text = signed_in.get("/en/programs/").text
    assert "you took it back" in text
    assert "takes a moment longer" in text
    run_waiting_jobs()
    assert ended == [consent.id]
    assert "takes a moment longer" not in signed_in.get("/en/programs/").text


def test_what_is_over_is_not_taken_back_again(signed_in: Client, consent: Consent, ended: list[Any]):
    page = f"/en/programs/{consent.id}/"
    signed_in.post(page)

    assert signed_in.get(page).headers["Location"] == "/en/programs/"
    assert signed_in.post(page).status_code == 302
    run_waiting_jobs()
    assert ended == [consent.id]


def test_an_end_that_could_not_be_told_is_told_later(
    signed_in: Client, consent: Consent, monkeypatch: pytest.MonkeyPatch, mina: Any, clock: Clock
):
    def away(_consent_id: Any) -> None:
        raise identity_provider.IdentityProviderAway("ConnectTimeout")

    monkeypatch.setattr(identity_provider, "end_consent", away)
    people.take_back_consent(consent.id, actor=citizen(mina), at=clock.at)

    with pytest.raises(SubscribersFailed):
        run_waiting_jobs()
    assert "takes a moment longer" in signed_in.get("/en/programs/").text
    monkeypatch.setattr(identity_provider, "end_consent", lambda _consent_id: None)
    run_waiting_jobs()
    assert "takes a moment longer" not in signed_in.get("/en/programs/").text


def test_whoever_allowed_a_program_finds_a_message_in_the_inbox(
    signed_in: Client, consent: Consent, mina: Any
):
    for _ in range(2):
        messaging.tell_program_allowed(consent.id, at=consent.given_at)

    (message,) = messaging.inbox(citizen(mina), limit=9, language="en")
    assert message.title == "You allowed a program: Bank"
    page = signed_in.get(f"/en/inbox/{message.id}/").text
    assert 'href="/en/programs/"' in page
