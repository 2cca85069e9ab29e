"""The listener's own limits: a head that does not come is not waited for."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from panjereh_node.adapters import listening
from panjereh_node.adapters.listening import BoundedProtocol, bind, make_listener


async def _hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


async def _converse(*parts: bytes) -> bytes:
    """Start a listener, send `parts` one after the other, and return what came until it hung up."""
    bound = bind(("127.0.0.1", 0))
    listener = make_listener(
        Starlette(routes=[Route("/", _hello)]), listen=("127.0.0.1", 1), protocol=BoundedProtocol
    )
    serving = asyncio.create_task(listener.serve(sockets=[bound]))
    while not listener.started:  # noqa: ASYNC110 -- uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        async with asyncio.timeout(5):
            return await _talk(bound.getsockname(), parts)
    finally:
        listener.should_exit = True
        await serving


async def _talk(address: tuple[str, int], parts: tuple[bytes, ...]) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    received = bytearray()
    try:
        for part in parts:
            writer.write(part)
            await asyncio.sleep(0.05)
        while part := await reader.read(65_536):
            received += part
    except ConnectionError:
        pass
    finally:
        writer.transport.abort()
    return bytes(received)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "HEAD_TIMEOUT", 0.3)


@pytest.mark.slow
@pytest.mark.parametrize(
    "parts", [(), (b"GET / HTTP/1.1\r\n",), (b"GET / HT", b"TP/1.1\r\nHost:", b" x\r\n")]
)
def test_a_head_that_does_not_come_whole_is_not_waited_for(parts: tuple[bytes, ...]) -> None:
    assert asyncio.run(_converse(*parts)) == b""


@pytest.mark.slow
def test_a_second_head_that_does_not_come_whole_is_not_waited_for() -> None:
    received = asyncio.run(_converse(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HT"))

    assert received.endswith(b"hello") or received == b""


@pytest.mark.slow
def test_an_endless_head_is_not_gathered() -> None:
    received = asyncio.run(_converse(b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"x" * 40_000))

    assert received.startswith(b"HTTP/1.1 400") or received == b""


@pytest.mark.slow
def test_a_request_with_two_lengths_is_refused() -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"

    assert b"hello" not in asyncio.run(_converse(head + b"0\r\n\r\n"))
