"""A program's log lines of one request carry one id, and only a trusted caller chooses it."""

import asyncio
import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from panjereh_kernel.logs import configuration
from panjereh_kernel.tracing import Traced, current_id, given_id

TRACE = "0af7651916cd43dd8448eb211c80319c"
CANARY = "9991234569"
log = logging.getLogger(__name__)


def ask(headers: dict[str, str], *, peer: str = "127.0.0.1", status: int = 200, route: str = "shown") -> Any:
    """Return what the application saw: the id, and the headers passed on to it."""
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        scope["endpoint"] = type(route, (), {})
        log.warning("said meanwhile")
        seen.extend((current_id(), dict(scope["headers"])))
        await send({"type": "http.response.start", "status": status})

    async def send(message: Any) -> None:
        pass

    scope = {"type": "http", "client": (peer, 1), "path": f"/{CANARY}"}
    scope["headers"] = [(name.encode(), value.encode()) for name, value in headers.items()]
    traced = Traced(
        application, is_trusted="127.0.0.1".__eq__, make_id=lambda: "own", clock=iter((1.0, 1.25)).__next__
    )
    asyncio.run(traced(scope, send, send))
    return seen


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What a program's log says, made as every program makes it."""
    parts, said = logging.config.DictConfigurator(configuration()), io.StringIO()  # type: ignore[attr-defined]
    handler = logging.StreamHandler(said)
    handler.setFormatter(parts.configure_formatter(parts.config["formatters"]["line"]))
    parts.config["filters"] = {"request": parts.configure_filter(parts.config["filters"]["request"])}
    parts.add_filters(handler, parts.config["handlers"]["stderr"]["filters"])
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in said.getvalue().splitlines()]
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.parametrize(
    ("headers", "peer", "expected"),
    [
        ({"x-request-id": TRACE}, "127.0.0.1", TRACE),
        ({"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}, "127.0.0.1", TRACE),
        ({"x-request-id": TRACE}, "192.0.2.1", "own"),
        ({"x-request-id": CANARY}, "127.0.0.1", "own"),
        ({}, "127.0.0.1", "own"),
    ],
)
def test_only_a_trusted_caller_chooses_the_id_and_only_in_its_shape(
    headers: dict[str, str], peer: str, expected: str
) -> None:
    assert ask(headers, peer=peer)[0] == expected
    assert current_id() is None


def test_the_id_goes_no_further() -> None:
    assert ask({"x-request-id": TRACE, "accept": "*/*"})[1] == {b"accept": b"*/*"}


def test_every_line_of_a_request_carries_its_id_and_no_address(lines: Any) -> None:
    ask({"x-request-id": TRACE})

    meanwhile, answered = lines()
    assert meanwhile["request"] == answered["request"] == TRACE
    assert (answered["said"], answered["route"], answered["status"], answered["ms"]) == (
        "answered",
        "shown",
        200,
        250,
    )
    assert CANARY not in str(answered)


def test_a_probe_that_succeeds_leaves_no_line(lines: Any) -> None:
    ask({}, route="ready")
    ask({}, route="ready", status=503)

    assert [line["status"] for line in lines() if line["said"] == "answered"] == [503]


@pytest.mark.parametrize("given", [CANARY, "", TRACE + "0", f"{TRACE}\n", "۹" * 32])
def test_what_is_no_id_is_none(given: str) -> None:
    assert given_id(traceparent=given, given=given) is None
