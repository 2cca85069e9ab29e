"""A sign-in from the pushed request to the tokens, and every way it is refused."""

import asyncio
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from panjereh_idp.adapters.http.browser import BROWSER, SESSION
from tests.idp.actors import ACCOUNT, CALLBACK, ISSUER, ClientActor, Country, new_key, query_of

pytestmark = pytest.mark.anyio


def refusal(answer: Any) -> tuple[int, str, str]:
    body = answer.json()
    return answer.status_code, body["error"], body["error_description"]


async def test_a_sign_in_ends_with_an_identity_token_of_the_account(country: Country) -> None:
    tokens = await country.tokens(acr_values="1")

    key_set = KeySet.import_key_set((await country.browser.get("/jwks")).json())
    token = jwt.decode(tokens["id_token"], key_set, ["ES256"])
    now = int(country.clock().timestamp())
    sid = token.claims.pop("sid")
    assert token.claims == {
        "iss": ISSUER,
        "sub": str(ACCOUNT),
        "aud": "portal",
        "iat": now,
        "exp": now + 300,
        "auth_time": now,
        "acr": "1",
        "amr": ["sms"],
        "ial": 1,
        "nonce": "nonce-1",
    }
    assert sid
    assert (tokens["token_type"], tokens["expires_in"], tokens["scope"]) == ("DPoP", 600, "openid")


async def test_the_answer_carries_state_and_issuer(country: Country) -> None:
    answer = await country.sign_in(state="a state & more")

    assert (answer["state"], answer["iss"]) == ("a state & more", ISSUER)


async def test_without_a_nonce_the_token_has_none(country: Country) -> None:
    tokens = await country.tokens(nonce=None, state=None)

    assert '"nonce"' not in str(
        jwt.decode(tokens["id_token"], country.app.state.runtime.provider.signing_key)
    )


async def test_two_sectors_see_two_subjects(country: Country, keys: Any) -> None:
    bank = ClientActor(
        country.portal.http, country.clock, "bank", keys["bank"], redirect_uri=country.agency.redirect_uri
    )
    one = await country.agency.userinfo((await country.tokens(country.agency))["access_token"])
    country.browser.cookies.clear()
    two = await bank.userinfo((await country.tokens(bank))["access_token"])

    subjects = {one.json()["sub"], two.json()["sub"], str(ACCOUNT)}
    assert len(subjects) == 3


async def test_a_browser_that_is_signed_in_needs_no_second_login(country: Country) -> None:
    await country.sign_in()

    answer = await country.browser.get("/authorize", params=await country.agency.start())

    assert answer.headers["location"].startswith(country.agency.redirect_uri)
    assert "code" in query_of(answer.headers["location"])


@pytest.mark.parametrize(
    "wanted", [{"acr_values": "2"}, {"max_age": "0"}, {"max_age": "60"}, {"prompt": "login"}]
)
async def test_a_stronger_or_fresher_sign_in_asks_again_for_the_same_account(
    country: Country, wanted: dict[str, str]
) -> None:
    await country.sign_in()
    country.clock.advance(seconds=120)

    asked = (await country.account_plane.fetch(await country.challenge(**wanted))).json()

    assert asked["account_id"] == str(ACCOUNT)


async def test_a_step_up_keeps_the_session_and_changes_its_cookie(country: Country) -> None:
    first = await country.tokens()
    cookie = country.browser.cookies[SESSION]
    answer = await country.sign_in(acr_values="2", found={"acr": 2, "amr": ["hwk"]})
    second = (await country.portal.exchange(answer["code"])).json()

    key = country.app.state.runtime.provider.signing_key
    claims = [jwt.decode(tokens["id_token"], key).claims for tokens in (first, second)]
    assert claims[0]["sid"] == claims[1]["sid"]
    assert (claims[0]["acr"], claims[1]["acr"]) == ("1", "2")
    assert country.browser.cookies[SESSION] != cookie


@pytest.mark.parametrize("delta", [{"minutes": 31}, {"hours": 13}])
async def test_a_session_ends_by_itself(country: Country, delta: dict[str, float]) -> None:
    await country.sign_in()

    country.clock.advance(**delta)

    assert await country.challenge()


async def test_a_session_in_use_ends_after_twelve_hours_all_the_same(country: Country) -> None:
    await country.sign_in()
    for _ in range(25):
        country.clock.advance(minutes=29)
        answer = await country.browser.get("/authorize", params=await country.agency.start())

    assert "login_challenge" in answer.headers["location"]


async def test_silent_sign_in_without_a_session_says_login_required(country: Country) -> None:
    answer = await country.browser.get("/authorize", params=await country.portal.start(prompt="none"))

    assert query_of(answer.headers["location"]) == {
        "error": "login_required",
        "state": "state-1",
        "iss": ISSUER,
    }


async def test_a_rejected_login_comes_back_as_an_error_with_the_issuer(country: Country) -> None:
    challenge = await country.challenge()
    rejected = await country.account_plane.reject(challenge, "access_denied")

    answer = await country.browser.get(rejected.json()["redirect_to"])

    assert answer.headers["location"].startswith(CALLBACK)
    assert query_of(answer.headers["location"]) == {
        "error": "access_denied",
        "state": "state-1",
        "iss": ISSUER,
    }


async def test_a_browser_may_post_to_authorize(country: Country) -> None:
    answer = await country.browser.post("/authorize", data=await country.portal.start())

    assert "login_challenge" in answer.headers["location"]


# --- the code -------------------------------------------------------------------------------------


async def test_a_wrong_verifier_opens_nothing_and_leaves_the_code_to_its_owner(country: Country) -> None:
    code = (await country.sign_in())["code"]

    wrong = await country.portal.exchange(code, code_verifier="v" * 43)

    assert refusal(wrong) == (400, "invalid_grant", "code-verifier-wrong")
    assert (await country.portal.exchange(code)).status_code == 200


async def test_a_code_that_comes_twice_revokes_the_tokens_of_the_first_time(country: Country) -> None:
    code = (await country.sign_in())["code"]
    token = (await country.portal.exchange(code)).json()["access_token"]

    second = await country.portal.exchange(code)

    assert refusal(second) == (400, "invalid_grant", "code-used-before")
    assert (await country.portal.userinfo(token)).status_code == 401


async def test_of_two_exchanges_at_once_at_most_one_gets_tokens(country: Country) -> None:
    code = (await country.sign_in())["code"]

    answers = await asyncio.gather(*(country.portal.exchange(code) for _ in range(4)))

    assert sum(answer.status_code == 200 for answer in answers) == 1


async def test_a_code_lives_sixty_seconds(country: Country) -> None:
    code = (await country.sign_in())["code"]

    country.clock.advance(seconds=60)

    assert refusal(await country.portal.exchange(code)) == (400, "invalid_grant", "code-expired")


async def test_a_used_code_that_comes_late_revokes_as_well(country: Country) -> None:
    code = (await country.sign_in())["code"]
    token = (await country.portal.exchange(code)).json()["access_token"]
    country.clock.advance(seconds=61)

    await country.portal.exchange(code)

    assert (await country.portal.userinfo(token)).status_code == 401


async def test_a_code_of_another_client_is_refused(country: Country) -> None:
    code = (await country.sign_in())["code"]

    answer = await country.agency.exchange(code, code_verifier=country.portal.verifier)

    assert refusal(answer) == (400, "invalid_grant", "code-of-another-client")


async def test_another_redirect_uri_is_refused(country: Country) -> None:
    code = (await country.sign_in())["code"]

    answer = await country.portal.exchange(code, redirect_uri="http://127.0.0.1:8000/elsewhere")

    assert refusal(answer) == (400, "invalid_grant", "redirect-uri-of-another-request")


@pytest.mark.parametrize("missing", ["code", "redirect_uri", "code_verifier"])
async def test_a_missing_parameter_is_named(country: Country, missing: str) -> None:
    code = (await country.sign_in())["code"]

    answer = await country.portal.exchange(code, replaced={missing: ""})

    assert refusal(answer) == (400, "invalid_request", f"{missing.replace('_', '-')}-missing")


async def test_an_invented_code_is_refused(country: Country) -> None:
    assert refusal(await country.portal.exchange("x" * 43)) == (400, "invalid_grant", "code-not-known")


async def test_another_grant_type_is_refused(country: Country) -> None:
    answer = await country.portal.exchange("x", grant_type="client_credentials")

    reason = "grant-type-must-be-authorization-code-or-refresh-token"
    assert refusal(answer) == (400, "unsupported_grant_type", reason)


# --- the client's assertion -----------------------------------------------------------------------


async def test_an_assertion_counts_once(country: Country) -> None:
    assertion = country.portal.assertion()
    first = await country.portal.push(client_assertion=assertion)
    second = await country.portal.push(client_assertion=assertion)

    assert first.status_code == 201
    assert refusal(second) == (401, "invalid_client", "assertion-used-before")


async def test_of_two_equal_assertions_at_once_one_counts(country: Country) -> None:
    assertion = country.portal.assertion()

    answers = await asyncio.gather(*(country.portal.push(client_assertion=assertion) for _ in range(4)))

    assert sum(answer.status_code == 201 for answer in answers) == 1


async def test_a_client_secret_is_no_way_in(country: Country) -> None:
    answer = await country.portal.http.post(
        "/par", data={"client_id": "portal", "client_secret": "s", **country.portal.request()}
    )
    both = await country.portal.push(client_secret="s")

    assert refusal(answer) == (401, "invalid_client", "client-assertion-missing")
    assert refusal(both) == (401, "invalid_client", "client-secret-not-allowed")


async def test_the_client_named_must_be_the_client_that_signed(country: Country) -> None:
    answer = await country.portal.push(client_id="agency")

    assert refusal(answer) == (401, "invalid_client", "client-id-of-another-client")


# --- pushing and bringing -------------------------------------------------------------------------


async def test_a_request_that_was_not_pushed_stops_at_a_plain_page(country: Country) -> None:
    answer = await country.browser.get(
        "/authorize", params={"client_id": "portal", **country.portal.request()}
    )

    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "request-not-pushed" in answer.text


async def test_a_pushed_request_expires_after_a_minute(country: Country) -> None:
    parameters = await country.portal.start()

    country.clock.advance(seconds=60)
    answer = await country.browser.get("/authorize", params=parameters)

    assert (answer.status_code, "request-expired" in answer.text) == (400, True)


async def test_a_pushed_request_belongs_to_its_client(country: Country) -> None:
    parameters = await country.portal.start()

    answer = await country.browser.get("/authorize", params={**parameters, "client_id": "agency"})

    assert (answer.status_code, "request-not-pushed" in answer.text) == (400, True)


async def test_a_pushed_request_gives_one_code(country: Country) -> None:
    parameters = await country.portal.start()
    challenges = []
    for _ in range(2):  # a page reloaded before the person signed in
        answer = await country.browser.get("/authorize", params=parameters)
        challenges.append(query_of(answer.headers["location"])["login_challenge"])
    for challenge in challenges:
        accepted = (await country.account_plane.accept(challenge)).json()
        answer = await country.browser.get(accepted["redirect_to"])

    assert (answer.status_code, "request-used-before" in answer.text) == (400, True)
    again = await country.browser.get("/authorize", params=parameters)
    assert (again.status_code, "request-expired" in again.text) == (400, True)


async def test_nothing_of_the_request_appears_on_the_error_page(country: Country) -> None:
    answer = await country.browser.get(
        "/authorize", params={"client_id": "<script>x", "request_uri": "<script>y", "state": "<script>z"}
    )

    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_parameter_twice_is_refused(country: Country) -> None:
    answer = await country.browser.get("/authorize?client_id=portal&client_id=agency")

    assert (answer.status_code, "parameter-repeated" in answer.text) == (400, True)


async def test_a_login_cannot_be_finished_in_another_browser(country: Country) -> None:
    challenge = await country.challenge()
    accepted = (await country.account_plane.accept(challenge)).json()
    async with country.new_browser() as other:
        without_cookie = await other.get(accepted["redirect_to"])
        other.cookies.set(BROWSER, "x" * 43)
        stranger = await other.get(accepted["redirect_to"])

    assert [answer.status_code for answer in (without_cookie, stranger)] == [400, 400]
    assert (await country.browser.get(accepted["redirect_to"])).status_code == 303


async def test_the_way_back_from_the_account_plane_works_once(country: Country) -> None:
    challenge = await country.challenge()
    accepted = (await country.account_plane.accept(challenge)).json()
    await country.browser.get(accepted["redirect_to"])

    again = await country.browser.get(accepted["redirect_to"])

    assert (again.status_code, "login-not-of-this-browser" in again.text) == (400, True)


async def test_two_tabs_may_sign_in_at_once(country: Country) -> None:
    first, second = await country.challenge(), await country.challenge(country.agency)
    addresses = []
    for challenge in (first, second):
        accepted = (await country.account_plane.accept(challenge)).json()
        addresses.append((await country.browser.get(accepted["redirect_to"])).headers["location"])

    assert [address.split("?")[0] for address in addresses] == [CALLBACK, country.agency.redirect_uri]


async def test_a_planted_session_cookie_is_replaced_at_the_login(country: Country) -> None:
    country.browser.cookies.set(SESSION, "p" * 43, domain="127.0.0.1", path="/")
    await country.sign_in()

    async with country.new_browser() as attacker:
        attacker.cookies.set(SESSION, "p" * 43)
        answer = await attacker.get("/authorize", params=await country.portal.start())

    assert "login_challenge" in answer.headers["location"]


# --- DPoP -----------------------------------------------------------------------------------------


async def test_a_proof_counts_once(country: Country) -> None:
    proof = country.portal.proof("/token")
    code = (await country.sign_in())["code"]
    await country.portal.exchange("x" * 43, proof=proof)

    answer = await country.portal.exchange(code, proof=proof)

    assert refusal(answer) == (400, "invalid_dpop_proof", "proof-used-before")


async def test_no_tokens_without_a_proof(country: Country) -> None:
    code = (await country.sign_in())["code"]

    answer = await country.portal.exchange(code, headers={})

    assert refusal(answer) == (400, "invalid_dpop_proof", "exactly-one-proof-needed")


async def test_two_proofs_are_as_bad_as_none(country: Country) -> None:
    headers = [("DPoP", country.portal.proof("/token")), ("DPoP", country.portal.proof("/token"))]
    code = (await country.sign_in())["code"]

    answer = await country.portal.exchange(code, headers=headers)

    assert refusal(answer)[1] == "invalid_dpop_proof"


async def test_a_code_asked_for_with_a_key_is_for_that_key(country: Country) -> None:
    proof = country.portal.proof("/par")
    pushed = (await country.portal.push(headers={"DPoP": proof})).json()
    parameters = {"client_id": "portal", "request_uri": pushed["request_uri"]}
    answer = await country.browser.get("/authorize", params=parameters)
    challenge = query_of(answer.headers["location"])["login_challenge"]
    accepted = (await country.account_plane.accept(challenge)).json()
    code = query_of((await country.browser.get(accepted["redirect_to"])).headers["location"])["code"]
    thief = ClientActor(
        country.portal.http,
        country.clock,
        "portal",
        country.portal.key,
        verifier=country.portal.verifier,
    )

    assert refusal(await thief.exchange(code)) == (400, "invalid_dpop_proof", "code-bound-to-another-key")
    assert (await country.portal.exchange(code)).status_code == 200


async def test_another_key_opens_no_userinfo(country: Country) -> None:
    token = (await country.tokens())["access_token"]
    country.portal.dpop_key = new_key()

    answer = await country.portal.userinfo(token)

    assert refusal(answer) == (401, "invalid_token", "token-bound-to-another-key")
    assert answer.headers["www-authenticate"] == 'DPoP error="invalid_token", algs="ES256"'


async def test_a_proof_for_another_token_opens_no_userinfo(country: Country) -> None:
    token = (await country.tokens())["access_token"]
    proof = country.portal.proof("/userinfo", method="GET", token="another")

    answer = await country.portal.userinfo(token, proof=proof)

    assert refusal(answer) == (401, "invalid_dpop_proof", "proof-for-another-token")
    assert 'error="invalid_dpop_proof"' in answer.headers["www-authenticate"]


async def test_a_token_is_no_bearer_token(country: Country) -> None:
    token = (await country.tokens())["access_token"]

    answer = await country.portal.http.get("/userinfo", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'DPoP algs="ES256"'
