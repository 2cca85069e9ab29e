"""The consumer edge: agency systems ask here; the node's own log and health can be read here."""

import time
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from panjereh_contracts.configuration import Freshness
from panjereh_contracts.faults import Side
from panjereh_kernel.health import LIVE, Check, readiness
from panjereh_kernel.metering import Metered
from panjereh_kernel.tracing import Traced
from panjereh_node.adapters.http import METHODS, make_endpoint
from panjereh_node.adapters.log_reader import LogReader
from panjereh_node.flows.asking import Asking
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest


def _health_routes(asking: Asking, is_failing: Callable[[], bool]) -> list[Route]:
    async def live(_request: Request) -> Response:
        return JSONResponse(LIVE)

    async def ready(_request: Request) -> Response:
        freshness = asking.configuration.freshness(at=asking.edge.now())
        held = asking.configuration.held
        failing = [Check.CONFIGURATION_OUTDATED] if freshness is Freshness.OUTDATED else []
        failing += [Check.LOG_NOT_WRITABLE] if is_failing() else []
        answer = readiness(
            failing,
            {
                "configuration": freshness,
                "serial": None if held is None else held.serial,
                "log": "failing" if is_failing() else "writable",
            },
        )
        return JSONResponse(answer.body, answer.status, media_type=answer.media_type)

    return [Route("/health/live", live), Route("/health/ready", ready)]


def make_edge_app(asking: Asking, reader: LogReader, *, is_log_failing: Callable[[], bool]) -> Starlette:
    """Return the ASGI application of the consumer edge, for loopback only."""

    async def carry(_request: Request, message: HttpRequest) -> HttpAnswer:
        return await asking.ask(message)

    ask = make_endpoint(carry, side=Side.CONSUMER, edge=asking.edge)
    return Starlette(
        routes=[
            Route("/r1/{rest:path}", ask, methods=METHODS),
            *reader.routes(),
            *_health_routes(asking, is_log_failing),
        ],
        middleware=[
            # Whoever reaches the edge is beside us: the member's own systems.
            Middleware(
                Traced, is_trusted=lambda _peer: True, make_id=asking.edge.new_id, clock=time.monotonic
            ),
            Middleware(Metered, clock=time.monotonic),
        ],
    )
