"""One id for everything that programs say of one request, from the page to the node.

A program takes up the id of whoever it trusts and makes one of its own for everybody else. An id is taken up
only in a shape that no personal number has: anything else, even from a trusted proxy, might carry one.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

HEADER: Final = "X-Request-Id"
TRACEPARENT: Final = "traceparent"
PROBES: Final = frozenset({"live", "ready", "live_endpoint", "ready_endpoint"})
FAILED: Final = 400

log = logging.getLogger(__name__)
_TRACE = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_UNIQUE = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_current: ContextVar[str | None] = ContextVar("request_id", default=None)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def given_id(*, traceparent: str, given: str) -> str | None:
    """Return the id in the headers of a trusted caller, None where neither is well-formed."""
    traced = _TRACE.fullmatch(traceparent)
    if traced:
        return traced[1]
    return given if _UNIQUE.fullmatch(given) else None


def current_id() -> str | None:
    """Return the id of the request that is being answered, None outside one."""
    return _current.get()


@contextmanager
def under_id(request_id: str) -> Iterator[None]:
    """Let everything said in the block carry the id."""
    token = _current.set(request_id)
    try:
        yield
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


class Traced:
    """An ASGI application whose requests have an id and leave a line.

    `is_trusted` says of the caller's network address whether its id is taken up; the id goes no further than
    this program. `make_id` returns a fresh one, `clock` seconds that only go forward.
    """

    def __init__(
        self,
        application: Application,
        *,
        is_trusted: Callable[[str], bool],
        make_id: Callable[[], object],
        clock: Callable[[], float],
    ) -> None:
        self._application = application
        self._is_trusted = is_trusted
        self._make_id = make_id
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer under an id, and leave one line."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        begun, status = self._clock(), 500

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with under_id(self._take_up(scope)):
            try:
                await self._application(scope, receive, send_and_note)
            finally:
                _tell(scope, status, seconds=self._clock() - begun)

    def _take_up(self, scope: Scope) -> str:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        own = HEADER.lower().encode()
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name != own]
        given = given_id(traceparent=headers.get(TRACEPARENT.encode(), ""), given=headers.get(own, ""))
        is_trusted = self._is_trusted((scope.get("client") or ("",))[0])
        return given if given and is_trusted else str(self._make_id())


def _tell(scope: Scope, status: int, *, seconds: float) -> None:
    route = getattr(scope.get("endpoint"), "__name__", None)
    if route in PROBES and status < FAILED:
        return
    log.info("answered", extra={"facts": {"route": route, "status": status, "ms": round(seconds * 1000)}})
