"""What is counted of a request to a program, and that nothing a caller writes becomes a label."""

import asyncio
from typing import Any

import pytest
from prometheus_client import REGISTRY, generate_latest

from panjereh_kernel.metering import Metered

CANARY = "9991234569"


def ask(status: int | None, *, method: str = "GET", named: str = "", kind: str = "http") -> None:
    """Send one request through an application that answers `status`, or raises for None."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if named:
            scope["endpoint"] = type(named, (), {})
        if status is None:
            raise ValueError(CANARY)
        await send({"type": "http.response.start", "status": status})
        await send({"type": "http.response.body"})

    async def send(message: Any) -> None:
        pass

    ticks = iter((10.0, 10.2))
    scope = {"type": kind, "method": method, "path": f"/{CANARY}", "query_string": CANARY.encode()}
    asyncio.run(Metered(application, clock=lambda: next(ticks))(scope, send, send))


def counted(route: str, method: str, status: str) -> float:
    labels = {"route": route, "method": method, "status": status}
    return REGISTRY.get_sample_value("panjereh_requests_total", labels) or 0


@pytest.mark.parametrize(
    ("status", "method", "named", "labels"),
    [
        (200, "GET", "shown", ("shown", "GET", "2xx")),
        (404, "POST", "_hidden", ("hidden", "POST", "4xx")),
        (404, "GET", "", ("none", "GET", "4xx")),
        (200, CANARY, "shown", ("shown", "other", "2xx")),
    ],
)
def test_a_request_is_counted_by_names_of_the_source(
    status: int, method: str, named: str, labels: tuple[str, str, str]
) -> None:
    before = counted(*labels)

    ask(status, method=method, named=named)

    assert counted(*labels) == before + 1


def test_a_bug_is_counted_and_goes_on() -> None:
    before = counted("broken", "GET", "5xx")

    with pytest.raises(ValueError, match=CANARY):
        ask(None, named="broken")

    assert counted("broken", "GET", "5xx") == before + 1


def test_its_seconds_fall_into_their_bucket() -> None:
    ask(200, named="timed")

    within = {
        edge: REGISTRY.get_sample_value("panjereh_request_seconds_bucket", {"route": "timed", "le": edge})
        for edge in ("0.1", "0.25")
    }
    assert within == {"0.1": 0, "0.25": 1}


def test_what_is_no_request_is_passed_on_uncounted() -> None:
    ask(200, kind="lifespan", named="starts")

    assert counted("starts", "GET", "2xx") == 0


def test_nothing_a_caller_writes_is_in_the_metrics() -> None:
    ask(200, method=CANARY)

    assert CANARY not in generate_latest(REGISTRY).decode()
