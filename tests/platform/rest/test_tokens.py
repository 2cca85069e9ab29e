"""Who may call for a person: a live token meant for us, and a fresh proof of its key, each time anew."""

import dataclasses
import datetime as dt
import threading
from typing import Any

import httpx
import pytest
from django.utils import translation
from joserfc.jwk import ECKey

from panjereh.domain.audit.models import AccessTrace
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.people import api as people
from panjereh.domain.people.models import AccountState, Consent
from panjereh.plumbing import edge, once
from panjereh.plumbing.models import UsedMark
from panjereh.rest.tokens import refusals
from panjereh.web.citizen.accesses import shown
from panjereh_kernel.actor import Actor, Channel, Role
from tests.platform.rest.described import SERVICE, holds, operation_of
from tests.platform.rest.program import Program, Tokens, allow_everything
from tests.platform.sign_in.conftest import make_account

CASES = "/me/cases"


@pytest.fixture
def person(db: None) -> Actor:
    return person_of(make_account())


def person_of(account: Any) -> Actor:
    return Actor(
        role=Role.CITIZEN,
        channel=Channel.WEB,
        purpose="own-affairs",
        subject_id=account.subject_id,
        account_id=account.id,
    )


@pytest.fixture
def program(tokens: Tokens, person: Actor) -> Program:
    return tokens.give(Program(), person)


def refused(response: Any, status: int, code: str) -> str:
    """Hold a refusal to the description and return what it says is wanted."""
    assert (response.status_code, response.json()["code"]) == (status, code), response.content
    holds(response, operation_of(CASES))
    return str(response.headers.get("WWW-Authenticate", ""))


def test_a_program_sees_what_the_person_allowed_it(program: Program):
    response = program.get(CASES)

    assert response.json() == {"items": [], "next": None}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("limit", ["program", "program-of-one"])
def test_a_program_carries_so_much_away_and_no_more(
    program: Program, settings: Any, limit: str, monkeypatch: pytest.MonkeyPatch
):
    few = dataclasses.replace(settings.EXPORT_LIMITS[limit], most=1)
    monkeypatch.setitem(settings.EXPORT_LIMITS, limit, few)
    program.get(CASES)

    response = program.get(CASES)

    refused(response, 429, "too-many-requests")
    assert int(response.headers["Retry-After"]) <= 3600


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_the_person_finds_the_reading_with_the_programs_name(program: Program, person: Actor):
    program.get(CASES)

    trace = AccessTrace.objects.get(subject_id=person.subject_id)
    assert (trace.channel, trace.purpose, trace.what) == ("api", "program:practice-bank", "casework.cases")


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_the_persons_page_says_which_program_read_what(program: Program, person: Actor):
    program.get(CASES)

    looks = disclosure.looks_at(actor=person)
    with translation.override("en"):
        names = people.program_names(actor=person)
        (told,) = shown.looks(looks, cases={}, agencies={}, programs=names)
    assert "Practice bank" in told.sentence
    assert "the list of your requests" in told.sentence
    assert told.purpose == "what you allowed the program"


def test_what_was_taken_back_is_refused_though_the_token_is_live(
    tokens: Tokens, program: Program, person: Actor
):
    consent = allow_everything(person)

    people.take_back_consent(consent.id, actor=person, at=edge.now())

    refused(program.get(CASES), 401, "access-token-not-good")


def test_what_a_consent_does_not_name_is_refused_though_the_token_does(program: Program, person: Actor):
    Consent.objects.filter(subject_id=person.subject_id).update(scope="documents:read")

    refused(program.get(CASES), 401, "access-token-not-good")


def test_without_a_trace_nothing_is_told(program: Program, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("panjereh.rest.frame.audit.trace_access", lambda **_: 1 / 0)
    program.client.raise_request_exception = False

    response = program.get(CASES)

    assert response.status_code == 500
    assert "items" not in response.json()


@pytest.mark.parametrize("scheme", ["", "Bearer x", "DPoP", "DPoP ", f"DPoP {'x' * 201}", "DPoP é"])
def test_without_a_token_the_way_to_one_is_told(program: Program, scheme: str):
    response = program.get(CASES, authorization=scheme)

    wanted = refused(response, 401, refusals.TokenMissing.code)
    assert wanted == 'DPoP algs="ES256", scope="cases:read"'


def test_a_session_of_the_window_opens_nothing_here(program: Program, tokens: Tokens):
    response = program.client.get(f"{SERVICE}{CASES}")

    refused(response, 401, "access-token-missing")


@pytest.mark.parametrize(
    "changes",
    [
        {"active": False},
        {"aud": []},
        {"aud": ["another"]},
        {"iss": "https://elsewhere.example"},
        {"sub": "pairwise"},
        {"sub": "5f0cbd3e-8f3b-4d6b-9a56-0f3ad4a2a6e5"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_is_refused(
    tokens: Tokens, program: Program, person: Actor, changes: dict[str, Any]
):
    tokens.give(program, person, **changes)

    wanted = refused(program.get(CASES), 401, refusals.TokenNotGood.code)
    assert 'error="invalid_token"' in wanted


def test_the_token_of_a_locked_account_is_refused(tokens: Tokens, db: None):
    account = make_account(AccountState.LOCKED)

    response = tokens.give(Program(), person_of(account)).get(CASES)

    refused(response, 401, "access-token-not-good")


def test_what_was_not_allowed_is_refused_by_name(tokens: Tokens, program: Program, person: Actor):
    tokens.give(program, person, scope="openid documents:read")

    wanted = refused(program.get(CASES), 403, refusals.ScopeMissing.code)
    assert 'error="insufficient_scope"' in wanted
    assert 'scope="cases:read"' in wanted


@pytest.mark.parametrize(
    "claims",
    [
        {"htm": "POST"},
        {"htu": "https://elsewhere.example/api/v1/me/cases"},
        {"htu": "http://[::1"},
        {"htu": None},
        {"ath": "x"},
        {"ath": None},
        {"jti": ""},
        {"jti": "x" * 201},
        {"jti": 5},
        {"iat": "now"},
        {"iat": True},
        {"header": {"typ": "JWT"}},
        {"header": {"jwk": {"kty": "oct", "k": "eA"}}},
    ],
    ids=str,
)
def test_a_proof_of_something_else_is_refused(program: Program, claims: dict[str, Any]):
    response = program.get(CASES, dpop=program.proof("GET", CASES, **claims))

    wanted = refused(response, 401, refusals.ProofNotGood.code)
    assert 'error="invalid_dpop_proof"' in wanted


@pytest.mark.parametrize("proof", ["", "x", "a.b.c", "é", "x" * 5000, "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_proof_is_refused(program: Program, proof: str):
    refused(program.get(CASES, dpop=proof), 401, "token-proof-not-good")


@pytest.mark.parametrize(("seconds", "is_fresh"), [(61, False), (60, True), (-10, True), (-11, False)])
def test_a_proof_is_fresh_for_a_minute(program: Program, *, seconds: int, is_fresh: bool):
    made_at = int(edge.now().timestamp()) - seconds

    response = program.get(CASES, dpop=program.proof("GET", CASES, iat=made_at))

    assert (response.status_code == 200) is is_fresh


def test_a_proof_counts_once(program: Program):
    proof = program.proof("GET", CASES)
    program.get(CASES, dpop=proof)

    refused(program.get(CASES, dpop=proof), 401, "token-proof-not-good")


def test_a_token_with_another_key_is_refused(program: Program):
    program.key = ECKey.generate_key("P-256")

    refused(program.get(CASES), 401, "token-proof-not-good")


def test_a_strangers_proofs_are_not_written_down(tokens: Tokens, db: None):
    Program().get(CASES)

    assert not UsedMark.objects.exists()


def test_while_the_identity_provider_is_away_nothing_is_told(tokens: Tokens, program: Program):
    tokens.is_away = True

    refused(program.get(CASES), 503, refusals.TokensUnreadable.code)


@pytest.mark.parametrize(
    "said", [(500, "{}"), (200, "<html>"), (200, "[]"), (200, "{}"), (200, '{"active": true}')]
)
def test_an_answer_that_makes_no_sense_opens_nothing(tokens: Tokens, program: Program, said: tuple[int, str]):
    tokens.says = httpx.Response(said[0], text=said[1])

    refused(program.get(CASES), 503, "access-tokens-unreadable")


@pytest.mark.django_db(transaction=True)
def test_of_two_copies_of_a_proof_at_once_one_counts(db: None):
    at, counted = edge.now(), []

    def bring() -> None:
        counted.append(once.remember(b"m" * 32, forget_at=at + dt.timedelta(seconds=60), at=at))
        once.connection.close()

    both = [threading.Thread(target=bring) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(counted) == [False, True]


def test_marks_that_are_over_are_swept_away(db: None):
    at = edge.now()
    once.remember(b"o" * 32, forget_at=at, at=at - dt.timedelta(seconds=60))

    once.remember(b"n" * 32, forget_at=at + dt.timedelta(seconds=60), at=at)

    assert [bytes(mark) for mark in UsedMark.objects.values_list("mark", flat=True)] == [b"n" * 32]
