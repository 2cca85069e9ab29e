"""Answers, and what a refusal looks like to a client and to a browser."""

import logging
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from panjereh_idp.adapters.http.headers import complete
from panjereh_idp.adapters.http.runtime import runtime_of
from panjereh_idp.adapters.pages import page, style_source
from panjereh_idp.protocol import jose
from panjereh_idp.protocol.refusals import (
    InvalidDpopProof,
    InvalidToken,
    OAuthRefusal,
    RefreshTokenMisused,
    TooManyRequests,
)
from panjereh_kernel import metering

log = logging.getLogger(__name__)

PRIVATE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
PAGE = {
    **PRIVATE,
    "Content-Security-Policy": (
        f"default-src 'none'; style-src {style_source()}; form-action 'none'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}
BROWSER_PATHS = frozenset({"/authorize", "/authorize/resume", "/logout"})
RESOURCE_PATH = "/userinfo"


def private_json(document: Mapping[str, Any], *, status: int = 200) -> JSONResponse:
    """Return JSON that nobody may keep."""
    return JSONResponse(document, status_code=status, headers=PRIVATE)


def html(name: str, *, status: int = 200, reason: str = "") -> HTMLResponse:
    return HTMLResponse(page(name, reason=reason), status_code=status, headers=PAGE)


def see_other(address: str) -> Response:
    """Send the browser on with a GET, and do not say where it came from (FAPI 2.0 section 5.3.2.2)."""
    return Response(status_code=303, headers={**PAGE, "Location": address})


async def on_refusal(request: Request, error: Exception) -> Response:
    """Answer a refusal: a page for a browser, RFC 6749 section 5.2 JSON for a client."""
    assert isinstance(error, OAuthRefusal)  # noqa: S101 -- registered for this class
    log.info("refused %s: %s %s", _route(request), error.code, error.reason)
    if isinstance(error, RefreshTokenMisused):
        log.warning("refresh token misused by %s: %s", error.client_id, error.reason)
    metering.refusals.labels(error.code).inc()
    if request.url.path in BROWSER_PATHS:
        return html("error", status=error.status, reason=error.reason)
    status = error.status
    headers: dict[str, str] = {}
    if request.url.path == RESOURCE_PATH and isinstance(error, (InvalidToken, InvalidDpopProof)):
        status = 401
        headers["WWW-Authenticate"] = f'DPoP error="{error.error}", algs="{jose.ALGORITHM}"'
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = "60"
    if request.url.path.startswith("/account-plane/") and status == 401:  # noqa: PLR2004 -- HTTP
        headers["WWW-Authenticate"] = "Bearer"
    answer = private_json({"error": error.error, "error_description": error.reason}, status=status)
    answer.headers.update(headers)
    return answer


async def on_database_away(request: Request, error: Exception) -> Response:
    """Answer while the database does not: the caller may try again, nothing was done by halves."""
    log.error("database away at %s: %s", _route(request), type(error).__name__)
    if request.url.path in BROWSER_PATHS:
        return html("unavailable", status=503, reason="temporarily-unavailable")
    return private_json({"error": "temporarily_unavailable"}, status=503)


async def on_bug(request: Request, error: Exception) -> Response:
    """Answer what nobody anticipated: nothing about it is shown, and it is raised on to be logged.

    This answer is made outside the chain that completes headers.
    """
    answer: Response
    if request.url.path in BROWSER_PATHS:
        answer = html("unavailable", status=500, reason="server-error")
    else:
        answer = private_json({"error": "server_error"}, status=500)
    log.error("failed at %s: %s", _route(request), type(error).__name__)
    complete(answer.headers, is_https=runtime_of(request).is_https)
    return answer


def _route(request: Request) -> str:
    """Return the name of what answers: an address may carry a challenge, which nobody but its owner has."""
    return getattr(request.scope.get("endpoint"), "__name__", "none")
