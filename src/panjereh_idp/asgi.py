"""The provider as an ASGI application: parts put together, rows past their time swept away."""

import asyncio
import contextlib
import datetime as dt
import logging
import os
import secrets
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from uuid import UUID

import psycopg
from prometheus_client import start_http_server
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from panjereh_idp.adapters.http import about, account_plane, browser, clients
from panjereh_idp.adapters.http.answers import on_bug, on_database_away, on_refusal
from panjereh_idp.adapters.http.headers import SecurityHeaders
from panjereh_idp.adapters.http.runtime import Runtime
from panjereh_idp.adapters.limits import CallLimit
from panjereh_idp.adapters.patience import LIMITS, PatientConnection
from panjereh_idp.adapters.settings import Settings, read_settings
from panjereh_idp.adapters.store import PostgresStore
from panjereh_idp.flows.provider import Provider
from panjereh_idp.protocol.refusals import OAuthRefusal
from panjereh_kernel.environment import Profile
from panjereh_kernel.metering import Metered
from panjereh_kernel.production import LOOPBACK
from panjereh_kernel.tracing import Traced
from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7

log = logging.getLogger(__name__)

SECRET_BYTES = 32
PURGE_EVERY_S = 60
CHALLENGE = "/account-plane/login-challenges/{challenge}"
ROUTES = (
    Route("/.well-known/openid-configuration", about.discovery_endpoint),
    Route("/.well-known/oauth-authorization-server", about.discovery_endpoint),
    Route("/jwks", about.keys_endpoint),
    Route("/health/live", about.live_endpoint),
    Route("/health/ready", about.ready_endpoint),
    Route("/par", clients.par_endpoint, methods=["POST"]),
    Route("/token", clients.token_endpoint, methods=["POST"]),
    Route("/introspect", clients.introspection_endpoint, methods=["POST"]),
    Route("/revoke", clients.revocation_endpoint, methods=["POST"]),
    Route("/userinfo", clients.userinfo_endpoint, methods=["GET", "POST"]),
    Route("/authorize", browser.authorize_endpoint, methods=["GET", "POST"]),
    Route("/authorize/resume", browser.resume_endpoint),
    Route("/logout", browser.logout_endpoint, methods=["GET", "POST"]),
    Route(CHALLENGE, account_plane.describe_endpoint),
    Route(f"{CHALLENGE}/accept", account_plane.accept_endpoint, methods=["POST"]),
    Route(f"{CHALLENGE}/reject", account_plane.reject_endpoint, methods=["POST"]),
    Route(
        "/account-plane/accounts/{account_id:uuid}/sessions",
        account_plane.sessions_endpoint,
        methods=["GET", "DELETE"],
    ),
    Route(
        "/account-plane/consents/{consent_id:uuid}",
        account_plane.consent_endpoint,
        methods=["DELETE"],
    ),
)


def make_application() -> Starlette:
    """Return the application of the process's environment; granian calls this in its one worker."""
    settings = read_settings(os.environ)
    if settings.metrics_listen:
        host, port = settings.metrics_listen
        start_http_server(port, host)
    return build(settings)


def build(settings: Settings, *, clock: Callable[[], dt.datetime] | None = None) -> Starlette:
    """Return an application. A test hands in its own clock."""
    pool = _make_pool(settings.database_url)
    store = PostgresStore(pool)
    clock = clock or _now
    application = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(
                Traced,
                is_trusted=partial(_is_trusted, settings),
                make_id=lambda: _make_id(clock()),
                clock=time.monotonic,
            ),
            Middleware(Metered, clock=time.monotonic),
            Middleware(SecurityHeaders, is_https=settings.is_https),
        ],
        exception_handlers={
            OAuthRefusal: on_refusal,
            psycopg.OperationalError: on_database_away,
            Exception: on_bug,
        },
        lifespan=lambda _: _running(pool, store, clock),
    )
    application.state.runtime = Runtime(
        provider=_make_provider(settings, store, clock),
        store=store,
        clock=clock,
        limit=CallLimit(settings.calls_per_minute),
        is_https=settings.is_https,
        trusted_proxies=settings.trusted_proxies,
    )
    return application


def _make_provider(settings: Settings, store: PostgresStore, clock: Callable[[], dt.datetime]) -> Provider:
    return Provider(
        issuer=settings.issuer,
        account_url=settings.account_url,
        clients=settings.clients,
        signing_key=settings.signing_key,
        pairwise_key=settings.pairwise_key,
        store=store,
        draw=lambda: secrets.token_urlsafe(SECRET_BYTES),
        make_id=lambda: _make_id(clock()),
        refresh_life=dt.timedelta(days=settings.refresh_token_days),
    )


def _make_pool(url: str) -> AsyncConnectionPool[AsyncConnection[DictRow]]:
    return AsyncConnectionPool(
        url,
        connection_class=PatientConnection,
        kwargs={"autocommit": True, "row_factory": dict_row, **LIMITS},
        min_size=1,
        max_size=8,
        timeout=5,
        check=AsyncConnectionPool.check_connection,
        open=False,
    )


@contextlib.asynccontextmanager
async def _running(
    pool: AsyncConnectionPool[AsyncConnection[DictRow]],
    store: PostgresStore,
    clock: Callable[[], dt.datetime],
) -> AsyncIterator[None]:
    async with pool:
        # Told to stop, never cancelled: a cancelled statement surfaces as an error of the database.
        stopping = asyncio.Event()
        sweeper = asyncio.create_task(_sweep(store, clock, stopping))
        try:
            yield
        finally:
            stopping.set()
            await sweeper


async def _sweep(store: PostgresStore, clock: Callable[[], dt.datetime], stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        try:
            await store.purge(at=clock())
        except psycopg.Error as error:
            # The rows are past their time and found by nobody: sweeping later is good enough.
            log.warning("sweeping failed: %s", type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), PURGE_EVERY_S)


def _is_trusted(settings: Settings, peer: str) -> bool:
    """Whether a caller's id for its request is taken up: our own proxies', in practice this machine's too."""
    is_practice = settings.profile is Profile.PRACTICE
    return settings.trusted_proxies > 0 or (is_practice and peer in LOOPBACK)


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)


def _make_id(at: dt.datetime) -> UUID:
    return make_uuid7(at, entropy=secrets.token_bytes(RANDOM_BYTES))
