"""What the log says of a request: its route, method, status, time and id. Never its address or content."""

import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from panjereh.plumbing import edge
from panjereh_kernel import metering

log = logging.getLogger(__name__)
HEADER = "X-Request-Id"
_PROBES = ("live", "ready")
# Shapes that no personal number has. Anything else, even from a trusted proxy, might carry one.
_TRACE = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_UNIQUE = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


class RequestLog:
    """Middleware, outermost: give the request an id, tell the log how it went and the caller the id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and leave one line."""
        begun = time.monotonic()
        request_id = request_id_of(request)
        token = _current.set(request_id)
        try:
            response = self.get_response(request)
            response[HEADER] = request_id
            _tell(request, response.status_code, seconds=time.monotonic() - begun)
            return response
        finally:
            _current.reset(token)


class WithRequestId(logging.Filter):
    """Let everything that is said during a request carry its id."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id to what the record knows; every record passes."""
        request_id = _current.get()
        if request_id:
            record.facts = {**getattr(record, "facts", {}), "request": request_id}
        return True


def request_id_of(request: HttpRequest) -> str:
    """Return the id a trusted proxy gave the request in a well-formed header, else a fresh one."""
    if settings.PANJEREH.trusted_proxies:
        traced = _TRACE.fullmatch(request.headers.get("traceparent", ""))
        if traced:
            return traced[1]
        given = request.headers.get(HEADER, "")
        if _UNIQUE.fullmatch(given):
            return given
    return str(edge.new_id())


def tell_bug(request: HttpRequest | None = None, **_signal: Any) -> None:
    """Log what nobody anticipated. Django sends this while it handles the exception."""
    log.error("failed", exc_info=True, extra={"facts": {"route": _route(request)}})  # noqa: LOG014 -- in a handler


def _tell(request: HttpRequest, status: int, *, seconds: float) -> None:
    route = _route(request)
    metering.count_request(route=route, method=request.method, status=status, seconds=seconds)
    if route in _PROBES and status < 400:  # noqa: PLR2004 -- HTTP
        return
    facts = {"route": route, "method": _method(request), "status": status, "ms": round(seconds * 1000)}
    log.info("answered", extra={"facts": facts})


def _route(request: HttpRequest | None) -> str | None:
    """Return the name of the route, None where the address leads nowhere."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else None


def _method(request: HttpRequest) -> str:
    """Return the method; one that nobody knows is the caller's text and stays out."""
    return request.method if request.method in metering.METHODS else "other"
