"""How a refusal of the exchange looks on the wire, as X-Road's REST clients already know it.

The convention is X-Road's message protocol for REST, release 7.8 spelling (lower snake case): a type whose
prefix names who refused, an HTTP status that only tells client from server, and an identifier that leads to
the log line.
"""

import json
import re
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from panjereh_kernel.refusal import Refusal

ERROR_HEADER = "x-road-error"
_PEER_FAULT = re.compile(r"(?:client|server\.serverproxy)\.[a-z0-9_]{1,64}")


class Side(StrEnum):
    """Which node refuses, seen from the one who asked."""

    CONSUMER = "clientproxy"
    PROVIDER = "serverproxy"


class ExchangeRefusal(Refusal):
    """A node says no. `fault` is the last part of the type on the wire."""

    status: ClassVar[int] = 500
    fault: ClassVar[str]

    def type_at(self, side: Side) -> str:
        """Return the type on the wire when the node at `side` refuses."""
        return f"server.{side}.{self.fault}"


class ClientRefusal(ExchangeRefusal):
    """The request itself is at fault, whoever reads it."""

    status: ClassVar[int] = 400

    def type_at(self, side: Side) -> str:  # noqa: ARG002 -- the same on both sides, by the convention
        """Return the type on the wire; it does not depend on the side."""
        return f"client.{self.fault}"


class PeerNodeRefused(ExchangeRefusal):
    """The provider's node refused; its type travels on unchanged."""

    code = "exchange-peer-node-refused"
    fault = "service_failed"

    def __init__(self, peer_fault: str) -> None:
        super().__init__(peer_fault)
        self.peer_fault = peer_fault

    def type_at(self, side: Side) -> str:  # noqa: ARG002 -- the provider's node already named its side
        """Return the type the provider's node gave."""
        return self.peer_fault


def read_peer_fault(value: str) -> PeerNodeRefused | None:
    """Return the refusal a provider's node names in its `X-Road-Error`, None if it is none of its to give.

    A peer is hostile until proven otherwise: only types it may use pass, nothing free-form.
    """
    return PeerNodeRefused(value) if _PEER_FAULT.fullmatch(value) else None


def error_document(refusal: ExchangeRefusal, *, side: Side, detail: UUID) -> tuple[int, str, bytes]:
    """Return status, `X-Road-Error` value and JSON body `{"type","message","detail"}` of a refusal.

    `detail` is the identifier under which the node's own log tells more; the message holds the stable code
    and never anything the other side sent.
    """
    kind = refusal.type_at(side)
    body = json.dumps({"type": kind, "message": refusal.code, "detail": str(detail)}).encode()
    return 400 if kind.startswith("client.") else 500, kind, body
