"""Between ASGI and the node's own messages: whole bodies within limits, refusals in X-Road's shape."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from panjereh_contracts.faults import ERROR_HEADER, ExchangeRefusal, Side, error_document
from panjereh_contracts.identifiers import MalformedPath
from panjereh_kernel import metering
from panjereh_node.flows.ports import Edge
from panjereh_node.protocol.messages import MAX_BODY, BodyTooLarge, BodyTooSlow, HttpAnswer, HttpRequest

log = logging.getLogger(__name__)
BODY_TIMEOUT: Final = 10.0
METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
Carry = Callable[[Request, HttpRequest], Awaitable[HttpAnswer]]


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_TIMEOUT):
            async for part in request.stream():
                body += part
                if len(body) > MAX_BODY:
                    raise BodyTooLarge
    except (TimeoutError, ClientDisconnect) as error:
        raise BodyTooSlow from error
    return bytes(body)


async def read_request(request: Request) -> HttpRequest:
    """Return the whole request; raises `BodyTooLarge`, `BodyTooSlow`, `MalformedPath`."""
    try:
        path = request.scope["raw_path"].decode("ascii")
        query = request.scope["query_string"].decode("ascii")
    except UnicodeDecodeError as error:
        raise MalformedPath from error
    headers = [
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in request.headers.raw
    ]
    return HttpRequest(request.method, path, query, headers, await _read_body(request))


def write_answer(answer: HttpAnswer) -> Response:
    """Return the answer as it goes out; the server adds length and date."""
    response = Response(answer.body, answer.status)
    response.raw_headers = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers
    ]
    if answer.status >= 200 and answer.status not in {204, 304}:  # noqa: PLR2004 -- RFC 9110 section 8.6
        response.raw_headers.append((b"content-length", str(len(answer.body)).encode()))
    return response


def make_endpoint(carry: Carry, *, side: Side, edge: Edge) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that carries a message and turns a refusal into X-Road's error.

    In the metrics it has the name of its side.
    """

    async def endpoint(request: Request) -> Response:
        try:
            return write_answer(await carry(request, await read_request(request)))
        except ExchangeRefusal as refusal:
            detail = edge.new_id()
            status, kind, body = error_document(refusal, side=side, detail=detail)
            log.info("refused %s %s %s", detail, refusal.code, refusal.facts())
            metering.refusals.labels(refusal.code).inc()
            return Response(body, status, {ERROR_HEADER: kind, "content-type": "application/json"})

    endpoint.__name__ = side.name.lower()
    return endpoint
