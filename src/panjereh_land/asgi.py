"""The door of the practice country: HTTP in, one question to one agency, HTTP out.

Behind a node the path is `/{member}/{subsystem}/{service}`. Only here is the clock read.
"""

import asyncio
import datetime as dt
import ipaddress
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from panjereh_kernel.refusal import NotFound, Refusal
from panjereh_land import cra, mrud, nocr, post
from panjereh_land.country import Country
from panjereh_land.faults import FaultKind, FaultPlan
from panjereh_land.questions import Answer, read_question
from panjereh_land.time_stamps import REPLY, Authority

Clock = Callable[[], dt.datetime]
_LARGEST_QUESTION = 4096


@dataclass(frozen=True, slots=True)
class Service:
    """One question an agency answers: where, with which members, and the function that answers."""

    agency: str
    path: str
    members: frozenset[str]
    answer: Callable[..., Answer]


SERVICES = (
    Service("nocr", "/nocr/civil/person", nocr.PERSON_MEMBERS, nocr.person),
    Service("cra", "/cra/shahkar/match", cra.MATCH_MEMBERS, cra.match),
    Service("post", "/post/place/lookup", post.LOOKUP_MEMBERS, post.lookup),
    Service("mrud", "/mrud/residence/current", mrud.CURRENT_MEMBERS, mrud.current),
)
STAMPER = "time-stamps"
STAMPS = "/time-stamps"


def now() -> dt.datetime:
    """Return the present instant, aware, in UTC."""
    return dt.datetime.now(tz=dt.UTC)


def make_app(country: Country, *, clock: Clock = now, time_stamps: Authority | None = None) -> Starlette:
    """Return the ASGI application of all four agencies, and of the authority of time stamps if any."""
    faults = FaultPlan(frozenset({*(service.agency for service in SERVICES), STAMPER}))
    answered: Counter[str] = Counter()

    def route(service: Service) -> Route:
        async def endpoint(request: Request) -> Response:
            def answer(body: bytes) -> Response:
                question = read_question(body, members=service.members)
                reply = service.answer(country, question, at=clock())
                answered[service.path] += 1
                return JSONResponse(reply)

            return await _under_faults(faults, service.agency, request, answer)

        return Route(service.path, endpoint, methods=["POST"])

    async def stamp(request: Request) -> Response:
        def answer(body: bytes) -> Response:
            serial = int.from_bytes(os.urandom(8), "big")
            assert time_stamps is not None  # noqa: S101 -- there is no route without it
            reply = time_stamps.reply(body, serial=serial, at=clock())
            answered[STAMPS] += 1
            return Response(reply, media_type=REPLY)

        return await _under_faults(faults, STAMPER, request, answer)

    async def order_fault(request: Request) -> Response:
        _require_loopback(request)
        faults.order(await _body(request))
        return Response(status_code=204)

    async def count_calls(request: Request) -> Response:
        _require_loopback(request)
        return JSONResponse(dict(answered))

    stamps = [Route(STAMPS, stamp, methods=["POST"])] if time_stamps else []
    practice = [
        Route("/practice/faults", order_fault, methods=["POST"]),
        Route("/practice/calls", count_calls, methods=["GET"]),
    ]
    health = [Route(f"/health/{kind}", _healthy, methods=["GET"]) for kind in ("live", "ready")]
    return Starlette(
        routes=[*map(route, SERVICES), *stamps, *practice, *health],
        exception_handlers={Refusal: _problem},
    )


async def _under_faults(
    faults: FaultPlan, agency: str, request: Request, answer: Callable[[bytes], Response]
) -> Response:
    """Return an agency's answer to a request, or what its fault on order makes of it."""
    fault = faults.next_of(agency)
    if fault is not None and fault.kind is FaultKind.DOWN:
        return _problem_of(503, "agency-down", {"agency": agency})
    if fault is not None and fault.kind is FaultKind.SLOW:
        await asyncio.sleep(fault.seconds)
    response = answer(await _body(request))
    if fault is not None and fault.kind is FaultKind.LOST:
        return StreamingResponse(
            _break_off(), headers={"content-length": "1024"}, media_type=response.media_type
        )
    return response


async def _break_off() -> AsyncIterator[bytes]:
    # An answer shorter than its announced length: the server drops the connection, and whether the work was
    # done nobody can tell.
    yield b"{"


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_QUESTION:
            raise TooLarge
    return body


class TooLarge(Refusal):
    """The body is larger than any question of the contracts."""

    code = "question-too-large"
    status = 413


def _require_loopback(request: Request) -> None:
    # Faults are for tests on this machine; to anybody else there is no such page.
    if request.client is None or not ipaddress.ip_address(request.client.host).is_loopback:
        raise NotFound


async def _healthy(_request: Request) -> Response:
    # The country is made before the server listens: whoever gets an answer finds it ready.
    return JSONResponse({"status": "ok"})


def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 -- registered for refusals only
    return _problem_of(error.status, error.code, error.facts())


def _problem_of(status: int, code: str, facts: Mapping[str, str | int | bool]) -> Response:
    """Return RFC 9457 problem details."""
    problem = {"type": f"urn:panjereh:problem:{code}", "status": status, "code": code, **facts}
    return JSONResponse(problem, status_code=status, media_type="application/problem+json")
