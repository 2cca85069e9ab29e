"""Each call to the identity provider fails, is done though nobody hears of it, is late, is done twice.

The same promises each time: the person is told in plain words, nobody is half signed in, and the next try
from the same browser ends signed in.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from panjereh.jobs import identity_provider
from panjereh.web.citizen.sign_in import account_plane, provider
from tests.failures.faulty_line import Fault, FaultyLine
from tests.platform.sign_in.conftest import Person, RunningProvider, query_of

SLOW = pytest.param(Fault.SLOW, marks=pytest.mark.slow)
LOST = (Fault.FAILED, Fault.HAPPENED, SLOW)
METADATA, KEYS, PUSH, TOKEN = "openid-configuration", "/jwks", "/par", "/token"


@pytest.fixture
def line(running_provider: RunningProvider, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyLine]:
    """The line to the provider; of a slow answer the portal hears nothing for as long as it waits."""
    line, patient = running_provider.line, provider._http
    with httpx.Client(timeout=0.3, trust_env=False) as impatient:
        for caller in (provider, identity_provider):
            monkeypatch.setattr(caller, "_http", lambda: impatient if line.is_slow else patient())
        yield line
        line.let_go()


def is_signed_in(person: Person) -> bool:
    return "account_id" in person.portal.session


def must_be_told(answer: Any) -> None:
    assert answer.status_code == 503
    assert 'class="code">sign-in-unavailable<' in answer.text


# --- leaving for the provider ---------------------------------------------------------------------


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize("path", [METADATA, KEYS, PUSH])
def test_whoever_cannot_leave_is_told_and_leaves_with_the_next_try(
    person: Person, line: FaultyLine, path: str, fault: Fault
) -> None:
    line.order(path, fault)

    must_be_told(person.portal.get("/sign-in"))

    line.let_go()
    person.sign_in()
    assert is_signed_in(person)


@pytest.mark.parametrize("path", [METADATA, KEYS, PUSH])
def test_leaving_twice_over_is_leaving_once(person: Person, line: FaultyLine, path: str) -> None:
    line.order(path, Fault.TWICE)

    person.sign_in()

    assert line.passed.count(next(each for each in line.passed if path in each)) >= 2
    assert is_signed_in(person)


# --- the code for the token -----------------------------------------------------------------------


@pytest.mark.parametrize("fault", LOST)
def test_a_token_that_did_not_come_signs_nobody_in_and_the_next_try_asks_for_nothing(
    person: Person, line: FaultyLine, fault: Fault
) -> None:
    back = person.prove(person.leave())
    line.order(TOKEN, fault)

    must_be_told(person.come_back(back))

    assert not is_signed_in(person)
    line.let_go()
    # The provider knows the browser: no challenge, so nothing is typed again.
    assert "login_challenge" not in person.http.get(person.leave()).headers["location"]
    person.sign_in()
    assert is_signed_in(person)


def test_a_code_exchanged_twice_over_signs_in_once(person: Person, line: FaultyLine) -> None:
    back = person.prove(person.leave())
    line.order(TOKEN, Fault.TWICE)

    person.come_back(back)

    assert is_signed_in(person)
    assert account_plane.end_sessions(person.account_id) == 1


@pytest.mark.parametrize("happened", ["reloaded", "answer lost"])
def test_a_return_that_is_made_again_ends_signed_in(person: Person, happened: str) -> None:
    back = person.prove(person.leave())
    before, is_cookie_kept = person.portal.cookies["panjereh"].value, happened == "reloaded"
    person.come_back(back)
    if not is_cookie_kept:
        # The answer that brought the new cookie never arrived: the browser still shows the old one.
        person.portal.cookies["panjereh"] = before

    again = person.come_back(back)

    assert is_signed_in(person) is is_cookie_kept
    assert again.status_code == (302 if is_cookie_kept else 400)
    if not is_cookie_kept:
        person.sign_in()
        assert is_signed_in(person)


# --- the account plane ----------------------------------------------------------------------------


def challenge_of(person: Person) -> str:
    return query_of(person.http.get(person.leave()).headers["location"])["login_challenge"]


def accept(person: Person, challenge: str) -> str:
    return account_plane.accept(
        challenge, account_id=person.account_id, acr=1, ial=1, amr=["sms"], auth_at=provider.edge.now()
    )


def reject(_person: Person, challenge: str) -> str:
    return account_plane.reject(challenge, "access_denied")


def fetch(_person: Person, challenge: str) -> account_plane.LoginChallenge:
    return account_plane.fetch_challenge(challenge)


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize("act", [fetch, accept, reject])
def test_a_provider_that_cannot_be_told_is_named_as_away(
    person: Person, line: FaultyLine, act: Callable[[Person, str], object], fault: Fault
) -> None:
    challenge = challenge_of(person)
    line.order("/account-plane/", fault)

    with pytest.raises(provider.SignInUnavailable):
        act(person, challenge)


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize("act", [accept, reject])
def test_an_answer_given_again_is_taken_once(
    person: Person, line: FaultyLine, act: Callable[[Person, str], str], fault: Fault
) -> None:
    challenge = challenge_of(person)
    line.order("/account-plane/", fault)
    with pytest.raises(provider.SignInUnavailable):
        act(person, challenge)

    if fault is Fault.FAILED:
        assert act(person, challenge).startswith(provider.settings.PANJEREH.idp_issuer)
    else:
        with pytest.raises(account_plane.LoginChallengeNotFound):
            act(person, challenge)
    line.let_go()
    person.sign_in()
    assert is_signed_in(person)


@pytest.mark.parametrize("act", [fetch, accept, reject])
def test_the_provider_told_twice_over_answers_as_if_once(
    person: Person, line: FaultyLine, act: Callable[[Person, str], object]
) -> None:
    challenge = challenge_of(person)
    line.order("/account-plane/", Fault.TWICE)

    assert act(person, challenge)


@pytest.mark.parametrize("fault", [*LOST, Fault.TWICE])
def test_sessions_are_ended_however_often_it_is_said(person: Person, line: FaultyLine, fault: Fault) -> None:
    person.sign_in()
    line.order("/account-plane/", fault)
    if fault is not Fault.TWICE:
        with pytest.raises(provider.SignInUnavailable):
            account_plane.end_sessions(person.account_id)

    line.let_go()
    account_plane.end_sessions(person.account_id)

    assert account_plane.end_sessions(person.account_id) == 0
    assert "login_challenge" in person.http.get(person.leave(again="1")).headers["location"]


# --- what a person took back -----------------------------------------------------------------------


@pytest.mark.parametrize("fault", LOST)
def test_an_end_of_a_consent_that_was_not_heard_of_is_told_again(
    portal_settings: Any, line: FaultyLine, fault: Fault
) -> None:
    consent_id = uuid4()
    line.order("/account-plane/consents/", fault)

    with pytest.raises(identity_provider.IdentityProviderAway):
        identity_provider.end_consent(consent_id)

    line.let_go()
    identity_provider.end_consent(consent_id)


def test_an_end_of_a_consent_told_twice_is_one_end(portal_settings: Any, line: FaultyLine) -> None:
    consent_id = uuid4()
    line.order("/account-plane/consents/", Fault.TWICE)

    identity_provider.end_consent(consent_id)

    assert len([path for path in line.passed if str(consent_id) in path]) == 2
