"""What the log says of a request: its route, method, status, time and id. Never its address or content."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from panjereh.plumbing import edge
from panjereh_kernel import metering, tracing

log = logging.getLogger(__name__)


class RequestLog:
    """Middleware, outermost: give the request an id, tell the log how it went and the caller the id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and leave one line."""
        begun = time.monotonic()
        request_id = request_id_of(request)
        with tracing.under_id(request_id):
            response = self.get_response(request)
            response[tracing.HEADER] = request_id
            _tell(request, response.status_code, seconds=time.monotonic() - begun)
            return response


def request_id_of(request: HttpRequest) -> str:
    """Return the id a trusted proxy gave the request in a well-formed header, else a fresh one."""
    if settings.PANJEREH.trusted_proxies:
        given = tracing.given_id(
            traceparent=request.headers.get(tracing.TRACEPARENT, ""),
            given=request.headers.get(tracing.HEADER, ""),
        )
        if given:
            return given
    return str(edge.new_id())


@contextmanager
def attempt() -> Iterator[None]:
    """Let everything said in an attempt at a job carry one id: that of the job it runs in, or a fresh one."""
    with tracing.under_id(tracing.current_id() or str(edge.new_id())):
        yield


def carry_id(request: httpx.Request) -> None:
    """Send the id on: for the event hooks of clients that ask our own programs, and nobody else."""
    request_id = tracing.current_id()
    if request_id:
        request.headers[tracing.HEADER] = request_id


def tell_bug(request: HttpRequest | None = None, **_signal: Any) -> None:
    """Log what nobody anticipated. Django sends this while it handles the exception."""
    log.error("failed", exc_info=True, extra={"facts": {"route": _route(request)}})  # noqa: LOG014 -- in a handler


def _tell(request: HttpRequest, status: int, *, seconds: float) -> None:
    route = _route(request)
    metering.count_request(route=route, method=request.method, status=status, seconds=seconds)
    if route in tracing.PROBES and status < tracing.FAILED:
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
