"""What anybody may know: the discovery document, the public keys, and whether the program is well."""

import asyncio
import logging

import psycopg
from starlette.requests import Request
from starlette.responses import JSONResponse

from panjereh_idp.adapters.http.runtime import runtime_of
from panjereh_idp.adapters.migrate import names
from panjereh_idp.protocol.clients import offered_scopes
from panjereh_idp.protocol.metadata import discovery, key_set
from panjereh_kernel.health import LIVE, PATIENCE_SECONDS, Check, readiness

log = logging.getLogger(__name__)

PUBLIC = {"Cache-Control": "public, max-age=300"}


async def discovery_endpoint(request: Request) -> JSONResponse:
    """OpenID Connect Discovery section 4, RFC 8414 section 3."""
    provider = runtime_of(request).provider
    scopes = offered_scopes(provider.clients)
    return JSONResponse(discovery(provider.issuer, scopes=scopes), headers=PUBLIC)


async def keys_endpoint(request: Request) -> JSONResponse:
    """RFC 7517 section 5."""
    # GAP: one key at a time; rotation without a pause needs the next key published before its first use.
    return JSONResponse(key_set([runtime_of(request).provider.signing_key]), headers=PUBLIC)


async def live_endpoint(_: Request) -> JSONResponse:
    """Answer if the process does."""
    return JSONResponse(LIVE)


async def ready_endpoint(request: Request) -> JSONResponse:
    """Answer 200 if sign-ins can work: the database answers and has all our tables."""
    answer = readiness(await _failing(request))
    return JSONResponse(answer.body, status_code=answer.status, media_type=answer.media_type)


async def _failing(request: Request) -> list[Check]:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            applied = await runtime_of(request).store.migrations()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        return [Check.MIGRATION_PENDING]
    except (psycopg.Error, TimeoutError) as error:
        log.warning("not ready: %s", type(error).__name__)
        return [Check.DATABASE_AWAY]
    return [] if applied.issuperset(names()) else [Check.MIGRATION_PENDING]
