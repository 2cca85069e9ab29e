"""Signing in at the portal, with a real identity provider on the other side."""

import dataclasses
import datetime as dt
import re
import time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from panjereh.domain.people.models import Account, AccountState
from panjereh.web.citizen.sign_in import account_plane, lifetime, provider
from tests.platform.sign_in.conftest import Person, RunningProvider, make_account, query_of


def code_of(answer: Any) -> str:
    """Return the refusal's code that a page shows."""
    found = re.search(r'class="code">([^<]+)<', answer.content.decode())
    assert found, answer.content.decode()
    return found.group(1)


def test_signing_in_fills_the_session_and_goes_on(person: Person, account: Account) -> None:
    answer = person.sign_in(next="/cases/?page=2")

    session = person.portal.session
    assert (answer.status_code, answer["Location"]) == (302, "/cases/?page=2")
    assert session["account_id"] == str(account.id)
    assert session["subject_id"] == str(account.subject_id)
    assert (session["acr"], session["ial"]) == (1, 1)
    assert abs(session["auth_at"] - dt.datetime.now(tz=dt.UTC).timestamp()) < 30
    assert session["sid"]
    assert session["id_token"].count(".") == 2


def test_the_request_is_pushed_and_nothing_of_it_is_in_the_address(person: Person) -> None:
    assert set(query_of(person.leave(next="/cases/"))) == {"client_id", "request_uri"}


def test_the_session_known_before_the_sign_in_is_worth_nothing_after_it(person: Person) -> None:
    address = person.prove(person.leave())
    before = person.portal.cookies["panjereh"].value

    person.come_back(address)

    assert person.portal.cookies["panjereh"].value != before


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "cases/",
        "/a\nb",
        " /cases/",
        "/" + "a" * 1000,
        "http://[x",
        "",
    ],
)
def test_nobody_is_sent_off_this_site(person: Person, wanted: str) -> None:
    assert person.sign_in(next=wanted)["Location"] == "/"


def test_what_the_provider_says_of_a_sign_in_carries_the_id_of_the_page_that_asked(
    person: Person, running_provider: RunningProvider
) -> None:
    answer = person.portal.get("/sign-in")

    line, until = f'"request": "{answer["X-Request-Id"]}"', time.monotonic() + 10
    said: list[str] = []
    while not said and time.monotonic() < until:  # the line is written once the answer is on its way
        said = [each for each in running_provider.log().splitlines() if line in each]
    assert any('"par_endpoint"' in each for each in said)


def test_nothing_a_caller_writes_is_in_what_the_provider_logs_or_counts(
    person: Person, running_provider: RunningProvider
) -> None:
    canary, issuer = "9991234569", running_provider.issuer
    headers = {"x-request-id": canary, "traceparent": canary, "user-agent": canary, "cookie": f"a={canary}"}
    for path in (
        "/authorize",
        "/logout",
        "/userinfo",
        f"/{canary}",
        f"/account-plane/login-challenges/{canary}",
    ):
        person.http.get(f"{issuer}{path}", params={"login_hint": canary, "q": canary}, headers=headers)
    for path in ("/par", "/token", "/introspect", "/revoke"):
        person.http.post(f"{issuer}{path}", data={"login_hint": canary, canary: canary}, headers=headers)

    metrics = person.http.get(running_provider.metrics).text
    assert 'panjereh_requests_total{method="POST",route="par_endpoint",status="4xx"}' in metrics
    assert "panjereh_refusals_total{code=" in metrics
    assert '"route": "par_endpoint"' in running_provider.log()
    assert canary not in metrics + running_provider.log()


def test_somebody_signed_in_goes_on_at_once(person: Person) -> None:
    person.sign_in()

    assert person.portal.get("/sign-in", {"next": "/inbox/"})["Location"] == "/inbox/"


def test_a_page_that_needs_more_gets_a_stronger_sign_in(person: Person) -> None:
    person.sign_in()
    person.sign_in(acr="2", next="/cases/")

    assert person.portal.session["acr"] == 2


def test_a_page_may_ask_for_a_fresh_proof(person: Person) -> None:
    person.sign_in()
    address = person.leave(again="1")

    answer = person.http.get(address)

    challenge = account_plane.fetch_challenge(query_of(answer.headers["location"])["login_challenge"])
    assert (challenge.max_age_s, challenge.account_id) == (0, person.account_id)


def test_two_tabs_both_arrive(person: Person) -> None:
    first, second = person.leave(next="/one"), person.leave(next="/two")
    back = [person.prove(first), person.prove(second)]

    assert [person.come_back(address)["Location"] for address in reversed(back)] == ["/two", "/one"]


def test_only_the_last_five_tabs_are_remembered(person: Person) -> None:
    first = person.leave()
    for _ in range(5):
        person.leave()

    answer = person.come_back(person.prove(first))

    assert (answer.status_code, code_of(answer)) == (400, "sign-in-out-of-date")


def test_going_back_after_signing_in_goes_on(person: Person) -> None:
    address = person.prove(person.leave(next="/cases/"))
    person.come_back(address)

    again = person.come_back(address)

    assert (again.status_code, again["Location"]) == (302, "/")
    assert "account_id" in person.portal.session


def test_a_return_without_a_start_signs_nobody_in(person: Person) -> None:
    address = person.prove(person.leave())
    stranger = Client()

    answer = stranger.get("/sign-in/callback", query_of(address))

    assert (answer.status_code, code_of(answer)) == (400, "sign-in-out-of-date")
    assert "account_id" not in stranger.session


@pytest.mark.parametrize("issuer", ["https://evil.example", ""])
def test_an_answer_of_another_issuer_is_refused_before_the_code_is_sent(person: Person, issuer: str) -> None:
    answer = query_of(person.prove(person.leave()))

    mixed_up = person.portal.get("/sign-in/callback", {**answer, "iss": issuer})

    assert (mixed_up.status_code, code_of(mixed_up)) == (400, "sign-in-not-trusted")
    assert "account_id" not in person.portal.session


def test_a_code_of_another_sign_in_is_refused(person: Person) -> None:
    first, second = (query_of(person.prove(person.leave())) for _ in range(2))

    answer = person.portal.get("/sign-in/callback", {**first, "code": second["code"]})

    assert (answer.status_code, code_of(answer)) == (400, "sign-in-not-trusted")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        ("access_denied", 403, "sign-in-cancelled"),
        ("unmet_authentication_requirements", 403, "sign-in-cancelled"),
        ("temporarily_unavailable", 503, "sign-in-unavailable"),
    ],
)
def test_a_rejected_login_shows_a_plain_page(person: Person, error: Any, status: int, code: str) -> None:
    login = query_of(person.http.get(person.leave(next="/cases/")).headers["location"])
    back = person.http.get(account_plane.reject(login["login_challenge"], error)).headers["location"]

    answer = person.come_back(back)

    assert (answer.status_code, code_of(answer)) == (status, code)


def test_an_invented_error_shows_no_text_of_its_own(person: Person) -> None:
    answer = query_of(person.prove(person.leave()))
    changed = {"state": answer["state"], "iss": answer["iss"], "error": "<script>"}

    page = person.portal.get("/sign-in/callback", changed)

    assert (page.status_code, code_of(page)) == (400, "sign-in-not-trusted")
    assert b"<script>" not in page.content


def test_an_account_that_is_not_there_cannot_sign_in(person: Person) -> None:
    person.account_id = uuid4()

    answer = person.sign_in()

    assert (answer.status_code, code_of(answer)) == (403, "account-closed")


def test_a_locked_account_cannot_sign_in(person: Person) -> None:
    locked = next(state for state in AccountState if state != AccountState.ACTIVE)
    person.account_id = make_account(state=locked).id

    assert code_of(person.sign_in()) == "account-closed"


def test_nothing_of_one_person_is_left_for_the_next(person: Person, portal_settings: Any) -> None:
    person.sign_in()
    session = person.portal.session
    session["draft"] = "private"
    session.save()
    person.account_id = make_account().id
    person.http.cookies.clear()

    person.sign_in(again="1")

    assert person.portal.session["account_id"] == str(person.account_id)
    assert "draft" not in person.portal.session


# --- the provider away ----------------------------------------------------------------------------


def away(settings: Any) -> None:
    settings.PANJEREH = dataclasses.replace(settings.PANJEREH, idp_issuer="http://127.0.0.1:9")
    provider.forget_metadata()


def test_while_the_provider_is_away_a_plain_page_offers_to_try_again(
    person: Person, portal_settings: Any
) -> None:
    away(portal_settings)

    answer = person.portal.get("/sign-in", {"next": "/cases/"})

    assert (answer.status_code, code_of(answer)) == (503, "sign-in-unavailable")
    assert 'name="next" value="/cases/"' in answer.content.decode()


def test_a_provider_that_describes_itself_as_another_is_not_believed(
    person: Person, portal_settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    issuer = portal_settings.PANJEREH.idp_issuer.replace("127.0.0.1", "localhost")
    portal_settings.PANJEREH = dataclasses.replace(portal_settings.PANJEREH, idp_issuer=issuer)
    provider.forget_metadata()

    answer = person.portal.get("/sign-in")

    assert (answer.status_code, code_of(answer)) == (503, "sign-in-unavailable")
    assert "describes itself as somebody else" in caplog.text


def test_signing_out_works_here_while_the_provider_is_away(person: Person, portal_settings: Any) -> None:
    person.sign_in()
    away(portal_settings)

    answer = person.portal.post("/sign-out")

    assert answer.status_code == 503
    assert "account_id" not in person.portal.session


# --- signing out, and running out -----------------------------------------------------------------


def test_signing_out_ends_both_sessions_and_comes_back(person: Person) -> None:
    person.sign_in()

    answer = person.portal.post("/sign-out")
    back = person.http.get(answer["Location"])

    assert back.headers["location"] == "http://127.0.0.1:8000/"
    assert "account_id" not in person.portal.session
    login = person.http.get(person.leave())
    assert "login_challenge" in query_of(login.headers["location"])


def test_signing_out_of_an_english_page_comes_back_to_the_english_first_page(person: Person) -> None:
    person.sign_in()

    answer = person.portal.post("/en/sign-out")
    back = person.http.get(answer["Location"])

    assert back.headers["location"] == "http://127.0.0.1:8000/en/"


def test_signing_out_tells_the_browser_to_forget_what_it_kept(person: Person) -> None:
    person.sign_in()

    assert person.portal.post("/sign-out")["Clear-Site-Data"] == '"cache", "storage"'


def test_signing_out_without_being_signed_in_is_harmless(person: Person) -> None:
    assert person.portal.post("/sign-out")["Location"] == "/"


def test_nobody_is_signed_out_by_a_link(person: Person) -> None:
    person.sign_in()

    assert person.portal.get("/sign-out").status_code == 405
    assert "account_id" in person.portal.session


@pytest.mark.parametrize("key", ["ends_at", "seen_at"])
def test_a_session_runs_out(person: Person, key: str) -> None:
    person.sign_in()
    session = person.portal.session
    session[key] -= int(lifetime.ABSOLUTE.total_seconds()) + 1
    session.save()

    person.portal.get("/health/live")

    assert "account_id" not in person.portal.session


def test_a_click_keeps_the_session_alive(person: Person) -> None:
    person.sign_in()
    session = person.portal.session
    session["seen_at"] -= 120
    session.save()
    long_ago = session["seen_at"]

    person.portal.get("/health/live")

    assert person.portal.session["seen_at"] > long_ago


def test_the_session_ends_with_its_account(person: Person, account: Account) -> None:
    person.sign_in()
    let_a_minute_pass(person)
    Account.objects.filter(id=account.id).update(state=AccountState.LOCKED)

    answer = person.portal.get("/cases/")

    assert answer["Location"].startswith("/sign-in")
    assert "account_id" not in person.portal.session


def test_the_session_of_an_account_that_is_not_there_ends(person: Person) -> None:
    person.sign_in()
    let_a_minute_pass(person, account_id=str(uuid4()))

    person.portal.get("/cases/")

    assert "account_id" not in person.portal.session


def let_a_minute_pass(person: Person, **changed: str) -> None:
    session = person.portal.session
    session["seen_at"] -= lifetime.SEEN_EXACT_TO_S
    session.update(changed)
    session.save()


# --- the account plane's client -------------------------------------------------------------------


def test_a_challenge_says_what_is_asked(person: Person) -> None:
    login = query_of(person.http.get(person.leave("/en/sign-in", acr="2")).headers["location"])

    challenge = account_plane.fetch_challenge(login["login_challenge"])

    assert challenge == account_plane.LoginChallenge(
        challenge=login["login_challenge"],
        client_id="portal",
        client_name={"fa": "پنجره", "en": "Panjereh"},
        is_first_party=True,
        acr=2,
        max_age_s=None,
        ui_locale="en",
        account_id=None,
        scopes=(),
        client_origin="http://127.0.0.1:8000",
    )


def accept(person: Person, challenge: str, acr: int = 1) -> str:
    return account_plane.accept(
        challenge,
        account_id=person.account_id,
        acr=acr,
        ial=1,
        amr=["sms"],
        auth_at=dt.datetime.now(tz=dt.UTC),
    )


def test_a_challenge_is_answered_once(person: Person) -> None:
    login = query_of(person.http.get(person.leave()).headers["location"])
    accept(person, login["login_challenge"])

    with pytest.raises(account_plane.LoginChallengeNotFound):
        accept(person, login["login_challenge"])
    with pytest.raises(account_plane.LoginChallengeNotFound):
        account_plane.fetch_challenge("../../health/live")


def test_a_weaker_login_than_asked_is_refused(person: Person) -> None:
    login = query_of(person.http.get(person.leave(acr="2")).headers["location"])

    with pytest.raises(account_plane.LoginNotStrongEnough):
        accept(person, login["login_challenge"], acr=1)


def test_all_sessions_of_an_account_can_be_ended(person: Person) -> None:
    person.sign_in()

    assert account_plane.end_sessions(person.account_id) == 1
    assert account_plane.end_sessions(person.account_id) == 0


def test_the_account_plane_hears_that_the_provider_is_away(person: Person, portal_settings: Any) -> None:
    away(portal_settings)

    with pytest.raises(provider.SignInUnavailable):
        account_plane.fetch_challenge("x")


def test_a_key_that_changed_is_read_anew(
    person: Person, running_provider: RunningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.metadata()
    asked: list[str] = []
    read = provider._read_metadata
    monkeypatch.setattr(provider, "_read_metadata", lambda: asked.append("again") or read())
    monkeypatch.setattr(provider, "KEYS_ASKED_AT_MOST_EVERY", dt.timedelta(0))

    provider.keys_for("eyJraWQiOiJ1bmtub3duIn0.e30.AA")
    provider.keys_for("not a token")

    assert asked == ["again", "again"]
