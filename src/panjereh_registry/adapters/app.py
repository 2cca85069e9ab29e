"""The registry over HTTP: three things to read, nothing to write."""

import datetime as dt
import time
from collections.abc import Callable
from threading import Lock

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from panjereh_contracts import p256
from panjereh_kernel.health import LIVE, Check, Readiness, readiness
from panjereh_kernel.metering import Metered
from panjereh_registry.flows.publish import NothingToPublishError, Publisher
from panjereh_registry.protocol.publication import Edition


def make_app(publisher: Publisher, *, clock: Callable[[], dt.datetime]) -> Starlette:
    """Return the ASGI application. The clock is read once per request."""
    turn = Lock()

    def current() -> Edition:
        # One at a time: two requests at the moment of renewal must not sign two editions.
        with turn:
            return publisher.current(at=clock())

    async def configuration(_request: Request) -> Response:
        try:
            edition = await run_in_threadpool(current)
        except NothingToPublishError:
            return JSONResponse({"code": "nothing-to-publish"}, status_code=503)
        return Response(
            edition.jws,
            media_type="application/jose+json",
            headers={"cache-control": "no-cache", "etag": f'"{edition.serial}"'},
        )

    async def key(_request: Request) -> Response:
        # For information: a node trusts the anchor it was handed, never this answer.
        public = publisher.key.public_key()
        jwk = {**p256.public_key_to_jwk(public), "kid": p256.thumbprint(public), "alg": "ES256", "use": "sig"}
        return JSONResponse({"keys": [jwk]}, media_type="application/jwk-set+json")

    async def live(_request: Request) -> Response:
        return JSONResponse(LIVE)

    async def ready(_request: Request) -> Response:
        try:
            edition = await run_in_threadpool(current)
        except NothingToPublishError:
            return _told(readiness([Check.NOTHING_TO_PUBLISH]))
        except OSError:
            # A new edition was due and could not be kept: nobody may see what a power cut would undo.
            return _told(readiness([Check.STATE_NOT_WRITABLE]))
        status = "ready" if publisher.source_fault is None else "source-at-fault"
        return _told(readiness([], {"status": status, "serial": edition.serial}))

    return Starlette(
        routes=[
            Route("/configuration", configuration),
            Route("/configuration/key", key),
            Route("/health/live", live),
            Route("/health/ready", ready),
        ],
        middleware=[Middleware(Metered, clock=time.monotonic)],
    )


def _told(answer: Readiness) -> Response:
    return JSONResponse(answer.body, status_code=answer.status, media_type=answer.media_type)
