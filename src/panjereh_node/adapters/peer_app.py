"""The listener's side: other nodes ask here, over mutual TLS, and find nothing else."""

import hashlib
import time

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route

from panjereh_contracts.faults import Side
from panjereh_kernel.metering import Metered
from panjereh_kernel.tracing import Traced
from panjereh_node.adapters.http import METHODS, make_endpoint
from panjereh_node.adapters.listening import PEER_CERTIFICATE
from panjereh_node.flows.answering import Answering
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest


def make_peer_app(answering: Answering) -> Starlette:
    """Return the ASGI application of the mutual-TLS listener."""

    async def carry(request: Request, message: HttpRequest) -> HttpAnswer:
        certificate: bytes | None = request.scope["state"].get(PEER_CERTIFICATE)
        fingerprint = None if certificate is None else hashlib.sha256(certificate).digest()
        return await answering.answer(message, peer_certificate_sha256=fingerprint)

    answer = make_endpoint(carry, side=Side.PROVIDER, edge=answering.edge)
    return Starlette(
        routes=[Route("/r1/{rest:path}", answer, methods=METHODS)],
        middleware=[
            # Nobody here chooses an id: whoever asks is another agency.
            Middleware(
                Traced, is_trusted=lambda _peer: False, make_id=answering.edge.new_id, clock=time.monotonic
            ),
            Middleware(Metered, clock=time.monotonic),
        ],
    )
