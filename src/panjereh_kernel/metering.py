"""What every program counts, for Prometheus: requests, how long they took, and refusals.

Labels are names of our own source: routes, methods, classes of status, codes. Nothing a caller writes becomes
one, so their number is bounded and none of them is personal.

Each process shows its metrics on an address of its own (`…_METRICS_LISTEN`), on loopback alone, and not on a
route beside the pages. A proxy that passes on every path cannot publish them by accident, there is no token
to keep and to leak, and they can be read while every thread of the pages is busy, which is when they are
needed. A Prometheus elsewhere reaches them through what the operator trusts: an agent, a tunnel, a proxy.
"""

from collections.abc import Callable
from typing import Final

from prometheus_client import Counter, Histogram, disable_created_metrics

from panjereh_kernel.tracing import Application, Message, Receive, Scope, Send

disable_created_metrics()  # type: ignore[no-untyped-call] # a series more for each, and the time of a start is told by the process itself

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
NOWHERE: Final = "none"  # an address that leads nowhere
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})

requests = Counter(
    "panjereh_requests",
    "Requests answered, by route, method and class of status",
    ["route", "method", "status"],
)
request_seconds = Histogram(
    "panjereh_request_seconds", "Seconds from a request to its answer", ["route"], buckets=SECONDS
)
refusals = Counter("panjereh_refusals", "Refusals answered, by their code", ["code"])


def count_request(*, route: str | None, method: str | None, status: int, seconds: float) -> None:
    """Count an answered request; `route` is a name of the source, None where the address leads nowhere."""
    known = method if method in METHODS else "other"
    requests.labels(route or NOWHERE, known, f"{status // 100}xx").inc()
    request_seconds.labels(route or NOWHERE).observe(seconds)


class Metered:
    """An ASGI application whose requests are counted; `clock` returns seconds that only go forward."""

    def __init__(self, application: Application, *, clock: Callable[[], float]) -> None:
        self._application = application
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and count."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        begun, status = self._clock(), 500  # what a server answers for an application that raises

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._application(scope, receive, send_and_note)
        finally:
            # A leading underscore is the source's own business.
            route = getattr(scope.get("endpoint"), "__name__", "").lstrip("_")
            count_request(
                route=route, method=scope.get("method"), status=status, seconds=self._clock() - begun
            )
