"""What the flows need from the world, as contracts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from panjereh_contracts.faults import ExchangeRefusal
from panjereh_node.protocol.consumer import OutgoingCall
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest
from panjereh_node.protocol.replay import GivenAnswer, SeenNonce


class LoggingFailed(ExchangeRefusal):
    """The node cannot write its log, and what is not logged is not exchanged."""

    code = "exchange-logging-failed"
    fault = "logging_failed"


class PeerUnreachable(ExchangeRefusal):
    """No connection to the provider's node, or it broke: whether the request arrived is unknown."""

    code = "exchange-peer-unreachable"
    fault = "network_error"


class PeerTooSlow(ExchangeRefusal):
    """The provider's node did not answer in time: whether the request arrived is unknown."""

    code = "exchange-peer-too-slow"
    fault = "io_error"


class PeerCertificateWrong(ExchangeRefusal):
    """Whoever answers at the provider's address does not hold its certificate. Nothing was sent."""

    code = "exchange-peer-certificate-wrong"
    fault = "ssl_authentication_failed"


class ServiceFailed(ExchangeRefusal):
    """The agency's own system cannot be reached or broke off: whether it acted is unknown."""

    code = "exchange-service-failed"
    fault = "service_failed"


class ServiceTooSlow(ExchangeRefusal):
    """The agency's own system did not answer in time: whether it acted is unknown."""

    code = "exchange-service-too-slow"
    fault = "service_failed"


@dataclass(frozen=True, slots=True)
class Logged:
    """Where an entry stands in this node's log."""

    index: int
    leaf_hash: bytes


class Ledger(Protocol):
    """The node's durable memory: its log, and what it must not forget."""

    @property
    def origin(self) -> str:
        """The log's name."""
        ...

    async def record(self, leaf: bytes, *, memory: Sequence[SeenNonce | GivenAnswer] = ()) -> Logged:
        """Make `memory` and then `leaf` survive a power cut before returning.

        Raises `LoggingFailed` if that cannot be done; either may then have been written or not. May be called
        concurrently; entries of one batch keep no promised order.
        """
        ...


class Peers(Protocol):
    """Other nodes."""

    async def send(self, call: OutgoingCall) -> HttpAnswer:
        """Send once, over a connection to the holder of the pinned certificate only.

        Raises `PeerUnreachable`, `PeerTooSlow`, `PeerCertificateWrong`, `AnswerTooLarge`.
        """
        ...


class Backends(Protocol):
    """The agencies' own systems behind this node."""

    async def ask(self, subsystem: str, request: HttpRequest) -> HttpAnswer:
        """Send once; raises `UnknownService`, `ServiceFailed`, `ServiceTooSlow`, `AnswerTooLarge`."""
        ...


class Edge(Protocol):
    """Clock, identity and randomness."""

    def now(self) -> dt.datetime:
        """Return the time, aware, UTC."""
        ...

    def new_id(self) -> UUID:
        """Return a new time-ordered identifier."""
        ...

    def draw(self, count: int) -> bytes:
        """Return `count` unpredictable bytes."""
        ...
