"""The provider's database does what it was told and its answer is lost: nobody gets in twice."""

import dataclasses
import datetime as dt
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from psycopg.conninfo import conninfo_to_dict

from panjereh_idp.adapters.settings import Settings
from panjereh_idp.asgi import build
from tests.failures.cut_line import CutLine, line_to
from tests.idp.actors import (
    ISSUER,
    NOON,
    AccountPlaneActor,
    ClientActor,
    Clock,
    Country,
    query_of,
)
from tests.idp.conftest import AGENCY_CALLBACK

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@pytest.fixture
def line(settings: Settings) -> Iterator[CutLine]:
    parts = conninfo_to_dict(settings.database_url)
    host, port = str(parts.get("host", "localhost")), int(parts.get("port", 5432))
    with line_to(f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port)) as line:
        yield line


@pytest.fixture
async def country(
    settings: Settings, clock: Clock, keys: dict[str, Any], line: CutLine
) -> AsyncIterator[Country]:
    """The country of the other tests, with its database over a line that can be cut."""
    parts = conninfo_to_dict(settings.database_url)
    url = f"postgresql://{parts['user']}@127.0.0.1:{line.port}/{parts['dbname']}"
    app = build(dataclasses.replace(settings, database_url=url), clock=clock)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=ISSUER) as back_channel,
        httpx.AsyncClient(transport=transport, base_url=ISSUER) as browser,
    ):

        def client(client_id: str) -> ClientActor:
            return ClientActor(back_channel, clock, client_id, keys[client_id])

        plane = AccountPlaneActor(client("account-plane"))
        yield Country(
            app=app,
            clock=clock,
            portal=client("portal"),
            agency=client("agency"),
            account_plane=plane,
            browser=browser,
        )


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO idp.seen_proof",
        "INSERT INTO idp.pushed_request",
        "INSERT INTO idp.login",
        "UPDATE idp.login",
        "DELETE FROM idp.login USING",
    ],
)
async def test_a_step_that_was_done_and_not_heard_of_is_told_and_the_next_sign_in_succeeds(
    country: Country, line: CutLine, change: str
) -> None:
    line.marker = change.encode()

    with pytest.raises(AssertionError, match=r"temporarily.unavailable"):
        await country.sign_in()

    assert line.lost.is_set()
    assert (await country.portal.exchange((await country.sign_in())["code"])).status_code == 200


async def test_a_code_redeemed_unheard_gives_no_token_and_the_browser_gets_another(
    country: Country, line: CutLine
) -> None:
    code = (await country.sign_in())["code"]
    line.marker = b"UPDATE idp.code"

    lost = await country.portal.exchange(code)

    assert (lost.status_code, line.lost.is_set()) == (503, True)
    assert (await country.portal.exchange(code)).json()["error"] == "invalid_grant"
    back = await country.browser.get("/authorize", params=await country.portal.start())
    again = await country.portal.exchange(query_of(back.headers["location"])["code"])
    assert again.status_code == 200


async def allowed(country: Country, consent_id: UUID) -> dict[str, Any]:
    country.agency.redirect_uri = AGENCY_CALLBACK
    until = int((NOON + dt.timedelta(days=9)).timestamp())
    found = {"scopes": ["cases:read"], "consent": {"id": str(consent_id), "until": until}}
    return await country.tokens(country.agency, scope="openid cases:read", found=found)


async def test_a_token_renewed_unheard_is_renewed_again(country: Country, line: CutLine) -> None:
    refresh_token = (await allowed(country, uuid4()))["refresh_token"]
    line.marker = b"INSERT INTO idp.access_token (digest, refresh_token"

    lost = await country.agency.refresh(refresh_token)

    assert (lost.status_code, line.lost.is_set()) == (503, True)
    assert (await country.agency.refresh(refresh_token)).status_code == 200


async def test_a_consent_ended_unheard_is_ended(country: Country, line: CutLine) -> None:
    consent_id = uuid4()
    token = (await allowed(country, consent_id))["access_token"]
    line.marker = b"(consent_id, ended_at"

    lost = await country.account_plane.end_consent(consent_id)

    assert (lost.status_code, line.lost.is_set()) == (503, True)
    assert await country.agency.introspect(token) == {"active": False}
    assert (await country.account_plane.end_consent(consent_id)).status_code == 200
