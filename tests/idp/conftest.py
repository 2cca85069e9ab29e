"""A provider over a real PostgreSQL, spoken to over HTTP."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import psycopg
import pytest
from joserfc.jwk import ECKey
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from panjereh_idp.adapters.migrate import migrate
from panjereh_idp.adapters.settings import Settings
from panjereh_idp.asgi import build
from panjereh_idp.protocol.clients import read_clients
from panjereh_kernel.environment import Profile
from tests.idp.actors import (
    ACCOUNT_URL,
    CALLBACK,
    HOME,
    ISSUER,
    AccountPlaneActor,
    ClientActor,
    Clock,
    Country,
    new_key,
    public,
)

OWNER, APPLICATION = "idp_test_owner", "idp_test_app"
AGENCY_CALLBACK = "https://agency.example/callback"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def database(admin_url: str, run_name: str) -> Iterator[dict[str, str]]:
    name = f"test_idp_{run_name}"
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for role in (OWNER, APPLICATION):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
        )
    urls = {role: _address(admin_url, name, role) for role in (OWNER, APPLICATION)}
    migrate(urls[OWNER], application_url=urls[APPLICATION])
    yield {"owner": urls[OWNER], "application": urls[APPLICATION]}
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _address(admin_url: str, database: str, role: str) -> str:
    parts = conninfo_to_dict(admin_url)
    query = "&".join(f"{key}={parts[key]}" for key in ("host", "port") if parts.get(key))
    return f"postgresql://{role}@/{database}?{query}"


@pytest.fixture(scope="session")
def keys() -> dict[str, ECKey]:
    return {name: new_key() for name in ("provider", "portal", "agency", "bank", "account-plane", "watcher")}


@pytest.fixture(scope="session")
def client_documents(keys: dict[str, ECKey]) -> list[dict[str, Any]]:
    def client(client_id: str, **changes: Any) -> dict[str, Any]:
        return {
            "client_id": client_id,
            "name": {"fa": f"سامانهٔ {client_id}", "en": client_id},
            "redirect_uris": [AGENCY_CALLBACK],
            "post_logout_redirect_uris": ["https://agency.example/bye"],
            "jwks": {"keys": [public(keys[client_id])]},
            "sector": client_id,
            "subject_type": "pairwise",
            "first_party": False,
            "roles": [],
            **changes,
        }

    return [
        client(
            "portal",
            redirect_uris=[CALLBACK],
            post_logout_redirect_uris=[HOME],
            subject_type="public",
            first_party=True,
        ),
        client("agency", scopes=["cases:read", "documents:read"]),
        client("bank"),
        client("account-plane", redirect_uris=[], roles=["account_plane"]),
        client(
            "watcher",
            redirect_uris=[],
            roles=["resource_server"],
            offers=["cases:read", "documents:read"],
        ),
    ]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(
    database: dict[str, str], keys: dict[str, ECKey], client_documents: list[dict[str, Any]]
) -> Settings:
    return Settings(
        profile=Profile.PRACTICE,
        issuer=ISSUER,
        listen=("127.0.0.1", 9100),
        metrics_listen=None,
        account_url=ACCOUNT_URL,
        clients=read_clients(client_documents),
        signing_key=keys["provider"],
        pairwise_key=b"p" * 32,
        database_url=database["application"],
        calls_per_minute=1000,
        refresh_token_days=30,
        trusted_proxies=0,
    )


@pytest.fixture
async def country(settings: Settings, clock: Clock, keys: dict[str, ECKey]) -> AsyncIterator[Country]:
    app = build(settings, clock=clock)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=ISSUER) as back_channel,
        httpx.AsyncClient(transport=transport, base_url=ISSUER) as browser,
    ):

        def client(client_id: str, **changes: Any) -> ClientActor:
            return ClientActor(back_channel, clock, client_id, keys[client_id], **changes)

        yield Country(
            app=app,
            clock=clock,
            portal=client("portal"),
            agency=client("agency", redirect_uri=AGENCY_CALLBACK),
            account_plane=AccountPlaneActor(client("account-plane")),
            browser=browser,
        )
