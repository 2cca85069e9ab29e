"""What a person allowed for longer: tokens are renewed for its client and key, until it ends."""

import asyncio
import datetime as dt
import hashlib
import logging
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.idp.actors import NOON, ClientActor, Country, new_key
from tests.idp.test_sign_in import refusal

pytestmark = pytest.mark.anyio
SCOPES = ["cases:read", "documents:read"]


def found(consent_id: object, **changes: Any) -> dict[str, Any]:
    """Return what the account pages say of a person who allowed it for ninety days."""
    until = int((NOON + dt.timedelta(days=90)).timestamp())
    return {"scopes": SCOPES, "consent": {"id": str(consent_id), "until": until, **changes}}


async def allowed(country: Country, consent_id: object, **changes: Any) -> dict[str, Any]:
    return await country.tokens(
        country.agency, scope="openid cases:read documents:read", found=found(consent_id, **changes)
    )


@pytest.fixture
def consent_id() -> object:
    return uuid4()


@pytest.fixture
async def tokens(country: Country, consent_id: object) -> dict[str, Any]:
    return await allowed(country, consent_id)


async def is_active(country: Country, token: str) -> bool:
    return bool((await country.agency.introspect(token))["active"])


async def test_a_token_is_renewed_again_and_again_with_the_same_refresh_token(
    country: Country, tokens: dict[str, Any]
) -> None:
    for _ in range(2):
        country.clock.advance(days=1)
        answer = (await country.agency.refresh(tokens["refresh_token"])).json()

        assert answer.keys() == {"access_token", "token_type", "expires_in", "scope"}
        assert (answer["token_type"], answer["expires_in"]) == ("DPoP", 600)
        told = await country.agency.introspect(answer["access_token"])
        assert (told["scope"], told["cnf"]) == (
            "openid cases:read documents:read",
            {"jkt": country.agency.dpop_key.thumbprint()},
        )


async def test_without_a_kept_consent_there_is_no_refresh_token(country: Country) -> None:
    portal = await country.tokens()
    once = await country.tokens(country.agency, scope="openid cases:read", found={"scopes": ["cases:read"]})

    assert "refresh_token" not in portal
    assert "refresh_token" not in once


async def test_a_renewed_token_may_be_for_less_and_never_for_more(
    country: Country, tokens: dict[str, Any]
) -> None:
    less = (await country.agency.refresh(tokens["refresh_token"], scope="openid cases:read")).json()
    more = await country.agency.refresh(tokens["refresh_token"], scope="openid cases:withdraw")

    assert (await country.agency.introspect(less["access_token"]))["scope"] == "cases:read openid"
    assert refusal(more) == (400, "invalid_scope", "scope-not-granted")


async def test_a_refresh_token_outlives_the_session_of_the_browser(
    country: Country, tokens: dict[str, Any]
) -> None:
    await country.browser.get("/logout", params={"id_token_hint": tokens["id_token"]})

    assert not await is_active(country, tokens["access_token"])
    assert (await country.agency.refresh(tokens["refresh_token"])).status_code == 200


async def test_a_refresh_token_is_no_access_token(country: Country, tokens: dict[str, Any]) -> None:
    assert not await is_active(country, tokens["refresh_token"])
    assert (await country.agency.userinfo(tokens["refresh_token"])).status_code == 401


async def test_a_refresh_token_is_kept_as_its_digest(
    tokens: dict[str, Any], database: dict[str, str]
) -> None:
    with psycopg.connect(database["owner"]) as owner:
        (kept,) = zip(*owner.execute("SELECT digest FROM idp.refresh_token").fetchall(), strict=True)

    assert hashlib.sha256(tokens["refresh_token"].encode()).digest() in kept


# --- whose it is --------------------------------------------------------------------------------------


async def test_another_clients_refresh_token_is_refused_and_noted(
    country: Country, tokens: dict[str, Any], keys: Any, caplog: pytest.LogCaptureFixture
) -> None:
    thief = ClientActor(country.portal.http, country.clock, "bank", keys["bank"])
    thief.dpop_key = country.agency.dpop_key

    with caplog.at_level(logging.WARNING):
        answer = await thief.refresh(tokens["refresh_token"])

    assert refusal(answer) == (400, "invalid_grant", "refresh-token-of-another-client")
    assert "misused by bank: refresh-token-of-another-client" in caplog.text
    assert (await country.agency.refresh(tokens["refresh_token"])).status_code == 200


async def test_a_refresh_token_is_of_no_use_with_another_key(
    country: Country, tokens: dict[str, Any]
) -> None:
    country.agency.dpop_key = new_key()

    answer = await country.agency.refresh(tokens["refresh_token"])

    assert refusal(answer) == (400, "invalid_grant", "refresh-token-bound-to-another-key")


async def test_an_invented_refresh_token_is_not_known(country: Country) -> None:
    answer = await country.agency.refresh("invented")

    assert refusal(answer) == (400, "invalid_grant", "refresh-token-not-known")


# --- its end ------------------------------------------------------------------------------------------


async def test_taking_back_a_consent_ends_every_token_at_once(
    country: Country, tokens: dict[str, Any], consent_id: object
) -> None:
    renewed = (await country.agency.refresh(tokens["refresh_token"])).json()["access_token"]

    for _ in range(2):
        assert (await country.account_plane.end_consent(consent_id)).json() == {"ended": True}

    assert not await is_active(country, tokens["access_token"])
    assert not await is_active(country, renewed)
    answer = await country.agency.refresh(tokens["refresh_token"])
    assert refusal(answer) == (400, "invalid_grant", "refresh-token-ended")


async def test_another_consent_goes_on(country: Country, tokens: dict[str, Any]) -> None:
    await country.account_plane.end_consent(uuid4())

    assert await is_active(country, tokens["access_token"])


async def test_a_code_of_a_consent_that_ended_gives_no_token(country: Country, consent_id: object) -> None:
    brought = await country.sign_in(
        country.agency, scope="openid cases:read documents:read", found=found(consent_id)
    )
    await country.account_plane.end_consent(consent_id)

    answer = await country.agency.exchange(brought["code"])

    assert refusal(answer) == (400, "invalid_grant", "consent-ended")


async def test_a_login_that_arrives_after_the_end_of_its_consent_gives_no_code(
    country: Country, consent_id: object
) -> None:
    challenge = await country.challenge(country.agency, scope="openid cases:read documents:read")
    accepted = await country.account_plane.accept(challenge, **found(consent_id))
    await country.account_plane.end_consent(consent_id)

    answer = await country.browser.get(accepted.json()["redirect_to"])

    assert answer.status_code == 400


async def test_only_the_account_plane_ends_consents(
    country: Country, tokens: dict[str, Any], consent_id: object
) -> None:
    headers = {"Authorization": f"Bearer {country.agency.assertion()}"}

    answer = await country.portal.http.delete(f"/account-plane/consents/{consent_id}", headers=headers)

    assert answer.status_code == 403
    assert await is_active(country, tokens["access_token"])


async def test_a_refresh_token_lives_as_long_as_the_operator_says(
    country: Country, tokens: dict[str, Any]
) -> None:
    country.clock.advance(days=30, minutes=-1)
    last = (await country.agency.refresh(tokens["refresh_token"])).json()
    country.clock.advance(minutes=1)

    assert last["expires_in"] == 60
    assert not await is_active(country, last["access_token"])
    answer = await country.agency.refresh(tokens["refresh_token"])
    assert refusal(answer) == (400, "invalid_grant", "refresh-token-expired")


async def test_no_token_outlives_its_consent(country: Country) -> None:
    until = int((country.clock() + dt.timedelta(minutes=5)).timestamp())
    tokens = await allowed(country, uuid4(), until=until)

    country.clock.advance(minutes=5)

    assert tokens["expires_in"] == 300
    assert not await is_active(country, tokens["access_token"])
    assert (await country.agency.refresh(tokens["refresh_token"])).status_code == 400


async def test_a_client_gives_its_refresh_token_back_with_all_that_came_of_it(
    country: Country, tokens: dict[str, Any]
) -> None:
    renewed = (await country.agency.refresh(tokens["refresh_token"])).json()["access_token"]

    await country.portal.revoke(tokens["refresh_token"])
    assert await is_active(country, renewed)
    await country.agency.revoke(tokens["refresh_token"])

    assert not await is_active(country, renewed)
    assert not await is_active(country, tokens["access_token"])
    assert (await country.agency.refresh(tokens["refresh_token"])).status_code == 400


async def test_a_renewed_token_can_be_given_back_alone(country: Country, tokens: dict[str, Any]) -> None:
    renewed = (await country.agency.refresh(tokens["refresh_token"])).json()["access_token"]

    await country.agency.revoke(renewed)

    assert not await is_active(country, renewed)
    assert (await country.agency.refresh(tokens["refresh_token"])).status_code == 200


async def test_a_code_that_comes_twice_ends_the_refresh_token_too(
    country: Country, consent_id: object
) -> None:
    brought = await country.sign_in(
        country.agency, scope="openid cases:read documents:read", found=found(consent_id)
    )
    first = (await country.agency.exchange(brought["code"])).json()

    await country.agency.exchange(brought["code"])

    answer = await country.agency.refresh(first["refresh_token"])
    assert refusal(answer) == (400, "invalid_grant", "refresh-token-ended")


async def test_two_refreshes_at_once_both_get_a_token(country: Country, tokens: dict[str, Any]) -> None:
    answers = await asyncio.gather(*(country.agency.refresh(tokens["refresh_token"]) for _ in range(2)))

    assert [each.status_code for each in answers] == [200, 200]


@pytest.mark.parametrize(
    "consent",
    [
        {"id": "no identifier", "until": 4_000_000_000},
        {"id": str(uuid4())},
        {"id": str(uuid4()), "until": int(NOON.timestamp())},
        "consent",
    ],
)
async def test_a_consent_that_makes_no_sense_is_refused(country: Country, consent: object) -> None:
    challenge = await country.challenge(country.agency, scope="openid cases:read")

    answer = await country.account_plane.accept(challenge, scopes=["cases:read"], consent=consent)

    assert refusal(answer) == (400, "invalid_request", "consent-wrong")
