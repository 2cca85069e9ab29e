"""What happens to tokens and sessions after a sign-in, and the door of the account plane."""

import asyncio
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from panjereh_idp.adapters.http.browser import SESSION
from tests.idp.actors import ACCOUNT, HOME, ISSUER, ClientActor, Country, new_key, path_of, query_of, sign
from tests.idp.test_sign_in import refusal

pytestmark = pytest.mark.anyio


# --- tokens ---------------------------------------------------------------------------------------


async def test_userinfo_says_what_the_provider_knows_and_no_more(country: Country) -> None:
    answer = await country.portal.userinfo((await country.tokens())["access_token"])

    assert answer.json() == {"sub": str(ACCOUNT), "acr": "1", "ial": 1}
    assert answer.headers["cache-control"] == "no-store"


async def test_a_token_lives_ten_minutes(country: Country) -> None:
    token = (await country.tokens())["access_token"]

    country.clock.advance(minutes=10)

    assert refusal(await country.portal.userinfo(token)) == (401, "invalid_token", "token-not-live")


async def test_a_client_may_ask_about_its_own_token(country: Country) -> None:
    tokens = await country.tokens()

    answer = await country.portal.introspect(tokens["access_token"])

    now = int(country.clock().timestamp())
    assert answer == {
        "active": True,
        "iss": ISSUER,
        "client_id": "portal",
        "sub": str(ACCOUNT),
        "aud": [],
        "scope": "openid",
        "token_type": "DPoP",
        "iat": now,
        "exp": now + 600,
        "auth_time": now,
        "acr": "1",
        "cnf": {"jkt": country.portal.dpop_key.thumbprint()},
    }


async def test_another_client_learns_nothing_about_a_token(country: Country) -> None:
    token = (await country.tokens())["access_token"]

    assert await country.agency.introspect(token) == {"active": False}
    assert await country.agency.introspect("invented") == {"active": False}


async def test_a_resource_server_may_ask_about_any_token(country: Country, keys: Any) -> None:
    watcher = ClientActor(country.portal.http, country.clock, "watcher", keys["watcher"])

    assert (await watcher.introspect((await country.tokens())["access_token"]))["active"] is True


async def test_a_revoked_token_opens_nothing(country: Country) -> None:
    token = (await country.tokens())["access_token"]

    answer = await country.portal.http.post("/revoke", data={**country.portal.auth(), "token": token})

    assert answer.status_code == 200
    assert (await country.portal.userinfo(token)).status_code == 401


async def test_nobody_revokes_another_clients_token(country: Country) -> None:
    token = (await country.tokens())["access_token"]

    answer = await country.portal.http.post("/revoke", data={**country.agency.auth(), "token": token})

    assert answer.status_code == 200
    assert (await country.portal.userinfo(token)).status_code == 200


@pytest.mark.parametrize("path", ["/revoke", "/introspect"])
async def test_a_call_without_a_token_is_refused(country: Country, path: str) -> None:
    answer = await country.portal.http.post(path, data=country.portal.auth())

    assert refusal(answer) == (400, "invalid_request", "token-missing")


# --- logout ---------------------------------------------------------------------------------------


async def log_out(country: Country, **parameters: str) -> Any:
    return await country.browser.get("/logout", params=parameters)


async def test_signing_out_ends_the_session_and_its_tokens(country: Country) -> None:
    tokens = await country.tokens()

    answer = await log_out(
        country, id_token_hint=tokens["id_token"], post_logout_redirect_uri=HOME, state="s"
    )

    assert answer.headers["location"] == f"{HOME}?state=s"
    assert SESSION not in country.browser.cookies
    assert (await country.portal.userinfo(tokens["access_token"])).status_code == 401
    assert await country.challenge()


async def test_signing_out_works_long_after_the_identity_token_expired(country: Country) -> None:
    tokens = await country.tokens()
    country.clock.advance(hours=11)

    answer = await log_out(country, id_token_hint=tokens["id_token"])

    assert (answer.status_code, "signed out" in answer.text) == (200, True)


async def test_signing_out_twice_is_harmless(country: Country) -> None:
    tokens = await country.tokens()
    form = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": HOME}
    await country.browser.post("/logout", data=form)

    assert (await country.browser.post("/logout", data=form)).headers["location"] == HOME


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        f"{HOME}?x=1",
        "http://127.0.0.1:8000",
        "https://agency.example/bye",
        "//evil.example",
    ],
)
async def test_signing_out_is_no_open_redirect(country: Country, address: str) -> None:
    tokens = await country.tokens()

    answer = await log_out(country, id_token_hint=tokens["id_token"], post_logout_redirect_uri=address)

    assert (answer.status_code, "location" in answer.headers) == (400, False)
    assert (await country.portal.userinfo(tokens["access_token"])).status_code == 200


async def test_signing_out_needs_a_token_of_ours(country: Country) -> None:
    tokens = await country.tokens()
    forged = sign({"iss": ISSUER, "aud": "portal", "sid": str(uuid4())}, new_key(), kid="x", typ="JWT")
    same_kid = sign(
        {"iss": ISSUER, "aud": "portal", "sid": str(uuid4())},
        new_key(),
        kid=country.app.state.runtime.provider.signing_key.thumbprint(),
        typ="JWT",
    )
    provider_key = country.app.state.runtime.provider.signing_key
    other_issuer = sign({"iss": "x"}, provider_key, kid=provider_key.thumbprint(), typ="JWT")
    for hint in ("", "x.y.z", forged, same_kid, other_issuer, country.portal.assertion()):
        answer = await log_out(country, id_token_hint=hint, post_logout_redirect_uri=HOME)
        assert (answer.status_code, "location" in answer.headers) == (400, False)
    assert (await country.portal.userinfo(tokens["access_token"])).status_code == 200


async def test_signing_out_as_another_client_is_refused(country: Country) -> None:
    tokens = await country.tokens()

    answer = await log_out(country, id_token_hint=tokens["id_token"], client_id="agency")

    assert answer.status_code == 400


async def test_a_long_state_is_refused_at_logout(country: Country) -> None:
    tokens = await country.tokens()

    answer = await log_out(country, id_token_hint=tokens["id_token"], state="s" * 513)

    assert answer.status_code == 400


# --- the account plane ----------------------------------------------------------------------------


async def test_the_account_plane_learns_what_is_asked(country: Country) -> None:
    challenge = await country.challenge(acr_values="3 2", max_age="300", ui_locales="en-GB fa")

    assert (await country.account_plane.fetch(challenge)).json() == {
        "client_id": "portal",
        "client_name": {"fa": "سامانهٔ portal", "en": "portal"},
        "first_party": True,
        "client_origin": "http://127.0.0.1:8000",
        "scopes": [],
        "acr": 2,
        "max_age": 300,
        "ui_locale": "en",
        "account_id": None,
    }


async def test_a_login_is_answered_once(country: Country) -> None:
    challenge = await country.challenge()

    answers = await asyncio.gather(*(country.account_plane.accept(challenge) for _ in range(3)))

    assert sorted(answer.status_code for answer in answers) == [200, 404, 404]
    assert (await country.account_plane.reject(challenge)).status_code == 404
    assert (await country.account_plane.fetch(challenge)).status_code == 404


async def test_a_login_waits_twenty_minutes(country: Country) -> None:
    challenge = await country.challenge()

    country.clock.advance(minutes=19, seconds=59)
    assert (await country.account_plane.fetch(challenge)).status_code == 200
    country.clock.advance(seconds=1)

    assert refusal(await country.account_plane.accept(challenge)) == (404, "not_found", "login-not-waiting")


async def test_an_answer_must_be_followed_within_the_same_twenty_minutes(country: Country) -> None:
    challenge = await country.challenge()
    accepted = (await country.account_plane.accept(challenge)).json()

    country.clock.advance(minutes=20)

    assert (await country.browser.get(accepted["redirect_to"])).status_code == 400


@pytest.mark.parametrize(
    ("asked", "found", "reason"),
    [
        ({"acr_values": "2"}, {"acr": 1}, "level-too-low"),
        ({"max_age": "60"}, {"auth_time": 1}, "authentication-too-old"),
        ({"prompt": "login"}, {"auth_time": 1}, "authentication-too-old"),
        ({}, {"auth_time": 1 << 36}, "authentication-from-the-future"),
    ],
)
async def test_a_login_below_what_was_asked_is_not_taken(
    country: Country, asked: dict[str, str], found: dict[str, Any], reason: str
) -> None:
    challenge = await country.challenge(**asked)

    answer = await country.account_plane.accept(challenge, **found)

    assert refusal(answer) == (409, "login_not_strong_enough", reason)
    assert (await country.account_plane.fetch(challenge)).status_code == 200


async def test_a_step_up_by_another_account_is_not_taken(country: Country) -> None:
    await country.sign_in()
    challenge = await country.challenge(acr_values="2")

    answer = await country.account_plane.accept(challenge, acr=2, account_id=str(uuid4()))

    assert refusal(answer) == (409, "login_not_strong_enough", "another-account")


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({"account_id": "x"}, "account-id-wrong"),
        ({"account_id": None}, "account-id-wrong"),
        ({"acr": "1"}, "acr-wrong"),
        ({"acr": True}, "acr-wrong"),
        ({"acr": 4}, "acr-wrong"),
        ({"ial": -1}, "ial-wrong"),
        ({"amr": []}, "amr-wrong"),
        ({"amr": "sms"}, "amr-wrong"),
        ({"amr": ["s m"]}, "amr-wrong"),
        ({"auth_time": "now"}, "auth-time-wrong"),
    ],
)
async def test_a_malformed_answer_is_refused(country: Country, found: dict[str, Any], reason: str) -> None:
    answer = await country.account_plane.accept(await country.challenge(), **found)

    assert refusal(answer) == (400, "invalid_request", reason)


async def test_only_known_rejections_reach_a_client(country: Country) -> None:
    answer = await country.account_plane.reject(await country.challenge(), "<b>")

    assert refusal(answer) == (400, "invalid_request", "rejection-not-known")


@pytest.mark.parametrize("body", ["[]", "{", '"x"', "[" * 9000])
async def test_a_body_that_is_no_answer_is_refused(country: Country, body: str) -> None:
    path = path_of(await country.challenge())
    for verb in ("accept", "reject"):
        answer = await country.portal.http.post(
            f"{path}/{verb}", content=body, headers=country.account_plane.headers()
        )
        assert answer.status_code == 400


async def test_only_the_account_plane_answers_logins(country: Country) -> None:
    path = path_of(await country.challenge())
    bearer = {"Authorization": f"Bearer {country.portal.assertion()}"}

    assert refusal(await country.portal.http.get(path, headers=bearer)) == (
        403,
        "access_denied",
        "not-the-account-plane",
    )
    nobody = await country.portal.http.get(path)
    assert refusal(nobody) == (401, "invalid_client", "client-assertion-missing")
    assert nobody.headers["www-authenticate"] == "Bearer"


async def test_the_sessions_of_an_account_can_be_listed_and_ended(country: Country) -> None:
    account = str(uuid4())
    answer = await country.sign_in(found={"account_id": account})
    token = (await country.portal.exchange(answer["code"])).json()["access_token"]
    path = f"/account-plane/accounts/{account}/sessions"

    listed = (await country.portal.http.get(path, headers=country.account_plane.headers())).json()
    ended = (await country.portal.http.delete(path, headers=country.account_plane.headers())).json()
    again = (await country.portal.http.delete(path, headers=country.account_plane.headers())).json()

    now = country.clock().isoformat()
    assert [(s["acr"], s["started_at"], s["last_used_at"]) for s in listed["sessions"]] == [(1, now, now)]
    assert (ended, again) == ({"ended": 1}, {"ended": 0})
    assert (await country.portal.userinfo(token)).status_code == 401
    assert await country.challenge()


async def test_a_session_ended_between_login_and_code_gives_no_code(country: Country) -> None:
    account = str(uuid4())
    await country.sign_in(found={"account_id": account})
    challenge = await country.challenge(acr_values="2")
    accepted = (await country.account_plane.accept(challenge, acr=2, account_id=account)).json()
    path = f"/account-plane/accounts/{account}/sessions"
    await country.portal.http.delete(path, headers=country.account_plane.headers())

    answer = await country.browser.get(accepted["redirect_to"])

    assert answer.status_code == 400


async def test_the_code_carries_on_only_parameters_of_the_protocol(country: Country) -> None:
    query = urlencode({"verifier": "v" * 43, "next": "https://evil.example"})

    answer = await country.browser.get(f"/authorize/resume?{query}")

    assert (answer.status_code, query_of(str(answer.headers.get("location", "")))) == (400, {})


# --- what a person allows a client ------------------------------------------------------------------


@pytest.fixture
def watcher(country: Country, keys: Any) -> ClientActor:
    return ClientActor(country.portal.http, country.clock, "watcher", keys["watcher"])


async def test_a_token_is_worth_what_the_person_allowed_and_not_what_was_asked(
    country: Country, watcher: ClientActor
) -> None:
    asked = {"scope": "openid cases:read documents:read"}
    token = (await country.tokens(country.agency, found={"scopes": ["cases:read"]}, **asked))["access_token"]

    told = await watcher.introspect(token)

    assert (told["scope"], told["aud"], told["client_id"]) == ("openid cases:read", ["watcher"], "agency")


async def test_a_resource_server_knows_the_person_by_its_own_name_for_them(
    country: Country, watcher: ClientActor
) -> None:
    token = (await country.tokens(country.agency))["access_token"]

    known_to_agency = (await country.agency.introspect(token))["sub"]

    assert (await watcher.introspect(token))["sub"] != known_to_agency
    assert (await watcher.introspect(token))["aud"] == []


async def test_whoever_is_signed_in_is_asked_again_before_a_client_is_allowed_anything(
    country: Country,
) -> None:
    await country.sign_in(country.agency)

    challenge = await country.challenge(country.agency, scope="openid cases:read")

    described = (await country.account_plane.fetch(challenge)).json()
    assert described["scopes"] == ["cases:read"]
    assert described["client_origin"] == "https://agency.example"
    assert described["account_id"] == str(ACCOUNT)


async def test_without_asking_nobody_can_allow_anything(country: Country) -> None:
    await country.sign_in(country.agency)
    parameters = await country.agency.start(scope="openid cases:read", prompt="none")

    answer = await country.browser.get("/authorize", params=parameters)

    assert query_of(answer.headers["location"])["error"] == "consent_required"


async def test_a_client_asks_for_no_more_than_it_is_registered_for(country: Country) -> None:
    answer = await country.agency.push(scope="openid accesses:read")

    assert refusal(answer) == (400, "invalid_scope", "scope-not-of-this-client")


@pytest.mark.parametrize("scopes", [["documents:read"], "cases:read", [{}]])
async def test_nothing_is_allowed_that_was_not_asked_for(country: Country, scopes: object) -> None:
    challenge = await country.challenge(country.agency, scope="openid cases:read")

    answer = await country.account_plane.accept(challenge, scopes=scopes)

    assert refusal(answer) == (400, "invalid_request", "scope-not-asked-for")
