"""Two nodes' halves over ports in memory, for tests to spoil: a wire that lies, a ledger that fails."""

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from panjereh_contracts.faults import ExchangeRefusal, PeerNodeRefused, Side, error_document
from panjereh_contracts.receipt import leaf_hash
from panjereh_node.flows.answering import Answering
from panjereh_node.flows.asking import Asking
from panjereh_node.flows.keeping import ConfigurationKeeper
from panjereh_node.flows.ports import Logged, LoggingFailed
from panjereh_node.protocol.consumer import OutgoingCall
from panjereh_node.protocol.keys import OwnNode
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest
from panjereh_node.protocol.replay import ReplayMemory
from tests.node.kit import MESSAGE_ID, PERSON_PATH, FakeEdge, World, question_headers

BODY = b'{"national_number":"9990000001"}'
OTHER_ID = MESSAGE_ID[:-1] + "9"
WORLD = World()


class NoCache:
    def load(self) -> bytes | None:
        return None

    def store(self, jws: bytes) -> None:
        pass


class MemoryLedger:
    """A ledger that fails when told to, before or after it wrote."""

    origin = "panjereh/node/test"

    def __init__(self) -> None:
        self.leaves: list[bytes] = []
        self.memory: list[Any] = []
        self.fail_before: set[int] = set()
        self.fail_after: set[int] = set()

    async def record(self, leaf: bytes, *, memory: Sequence[Any] = ()) -> Logged:
        index = len(self.leaves)
        if index in self.fail_before:
            raise LoggingFailed
        self.leaves.append(leaf)
        self.memory.extend(memory)
        if index in self.fail_after:
            raise LoggingFailed
        return Logged(index, leaf_hash(leaf))


class FakeBackends:
    def __init__(self) -> None:
        self.asked: list[tuple[str, HttpRequest]] = []
        self.fault: ExchangeRefusal | None = None
        self.hold: asyncio.Event | None = None
        self.status = 200

    async def ask(self, subsystem: str, request: HttpRequest) -> HttpAnswer:
        self.asked.append((subsystem, request))
        if self.hold is not None:
            await self.hold.wait()
        if self.fault is not None:
            raise self.fault
        return HttpAnswer(
            self.status, [("content-type", "application/json"), ("x-road-error", "x")], b'{"found":true}'
        )


@dataclass
class Wire:
    """Carries calls to the other node, as an attacker on either node may change them."""

    answering: Answering
    certificate: bytes
    on_request: Callable[[HttpRequest], HttpRequest] = lambda request: request
    on_answer: Callable[[HttpAnswer], HttpAnswer] = lambda answer: answer
    sent: list[HttpRequest] = field(default_factory=list)

    async def send(self, call: OutgoingCall) -> HttpAnswer:
        request = self.on_request(call.request)
        self.sent.append(request)
        try:
            answer = await self.answering.answer(request, peer_certificate_sha256=self.certificate)
        except ExchangeRefusal as refusal:
            status, kind, body = error_document(refusal, side=Side.PROVIDER, detail=FakeEdge().new_id())
            self.refusal = refusal
            answer = HttpAnswer(status, [("x-road-error", kind)], body)
        return self.on_answer(answer)


@dataclass
class Pair:
    asking: Asking
    answering: Answering
    wire: Wire
    backends: FakeBackends
    edge: FakeEdge

    @property
    def consumer_log(self) -> MemoryLedger:
        return self.asking.ledger  # type: ignore[return-value]

    @property
    def provider_log(self) -> MemoryLedger:
        return self.answering.ledger  # type: ignore[return-value]

    def ask(
        self, *, body: bytes = BODY, path: str = PERSON_PATH, query: str = "", **changes: str | None
    ) -> HttpAnswer:
        return asyncio.run(
            self.asking.ask(HttpRequest("POST", path, query, question_headers(**changes), body))
        )

    def refused_with(self, kind: type[ExchangeRefusal], **changes: Any) -> None:
        with pytest.raises(PeerNodeRefused):
            self.ask(**changes)
        assert type(self.wire.refusal) is kind
        assert self.backends.asked == []


def keeper(world: World, edge: FakeEdge) -> ConfigurationKeeper:
    result = ConfigurationKeeper(world.anchors(), NoCache(), lambda _: None)
    result.accept(world.jws(at=edge.at))
    return result


def make_pair(world: World = WORLD) -> Pair:
    edge, backends = FakeEdge(), FakeBackends()
    answering = Answering(
        OwnNode("interior", {"nocr": world.member_keys["nocr"]}),
        keeper(world, edge),
        MemoryLedger(),
        backends,
        ReplayMemory(),
        edge,
    )
    wire = Wire(answering, world.nodes["platform"].sha256)
    own = OwnNode("platform", {"ito": world.member_keys["ito"]})
    return Pair(Asking(own, keeper(world, edge), MemoryLedger(), wire, edge), answering, wire, backends, edge)


def with_header(request: HttpRequest, name: str, value: str | None) -> HttpRequest:
    headers = [(n, v) for n, v in request.headers if n != name]
    if value is not None:
        headers.append((name, value))
    return dataclasses.replace(request, headers=headers)
