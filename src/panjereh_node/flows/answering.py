"""Answer: admit, refuse what was here before, log, ask the register once, sign, log, and only then reply."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from panjereh_contracts.evidence import SALT_BYTES, Direction, make_leaf
from panjereh_contracts.identifiers import SubsystemId
from panjereh_contracts.signatures import CLOCK_SKEW
from panjereh_node.flows.keeping import ConfigurationKeeper
from panjereh_node.flows.ports import Backends, Edge, Ledger
from panjereh_node.protocol.keys import OwnNode
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest
from panjereh_node.protocol.provider import AdmittedCall, admit_call, backend_request, sign_answer
from panjereh_node.protocol.replay import (
    ANSWER_WINDOW,
    GivenAnswer,
    MessageIdReused,
    ReplayMemory,
    SeenNonce,
    is_final,
)

_Question = tuple[SubsystemId, UUID]


@dataclass(frozen=True, slots=True)
class _Pending:
    fingerprint: str
    task: asyncio.Task[GivenAnswer]


@dataclass(frozen=True, slots=True)
class Answering:
    """The provider side of the node. One loop owns it; `memory` was restored before the first call."""

    own: OwnNode
    configuration: ConfigurationKeeper
    ledger: Ledger
    backends: Backends
    memory: ReplayMemory
    edge: Edge
    _pending: dict[_Question, _Pending] = field(default_factory=dict)

    async def answer(self, request: HttpRequest, *, peer_certificate_sha256: bytes | None) -> HttpAnswer:
        """Return the signed answer to a peer's request; raises an `ExchangeRefusal`, unsigned, otherwise.

        The register is asked at most once for one message id while its answer is remembered. If it broke off
        or the node died before remembering, a repetition asks again, with the same X-Road-Id for the register
        to recognise.
        """
        at = self.edge.now()
        configuration = self.configuration.usable(at=at)
        call = admit_call(
            request,
            peer_certificate_sha256=peer_certificate_sha256,
            configuration=configuration,
            own=self.own,
            at=at,
        )
        member = call.path.service.provider.member
        # Before the register is asked: a node that could not sign the answer must not ask.
        kid, key = self.own.signing_key(member, directory=configuration.directory)
        nonce = SeenNonce(
            call.parameters.keyid, call.parameters.nonce, call.parameters.expires_at + CLOCK_SKEW
        )
        self.memory.see(nonce, at=at)
        await self._log(Direction.REQUEST, call.base, call.signature, memory=(nonce,))
        given = await self._answer_once(call)
        answer, signature = sign_answer(call, given.answer, kid=kid, key=key, at=self.edge.now())
        # A register that was away may answer the same question a moment later: that is not remembered.
        kept = (given,) if is_final(given.answer.status) else ()
        await self._log(Direction.RESPONSE, signature.base, signature.signature, memory=kept)
        return answer

    async def _log(
        self, direction: Direction, base: str, signature: str, *, memory: tuple[SeenNonce | GivenAnswer, ...]
    ) -> None:
        # GAP: the provider's salts are not kept, so its own entries can be counted and proven present but not
        # opened; the consumer's receipt opens the consumer's. Needs an erasable, sealed evidence store.
        leaf = make_leaf(direction, base=base, signature=signature, salt=self.edge.draw(SALT_BYTES))
        await self.ledger.record(leaf, memory=memory)

    async def _answer_once(self, call: AdmittedCall) -> GivenAnswer:
        question = (call.consumer, call.message_id)
        at = self.edge.now()
        given = self.memory.find(call.consumer, call.message_id, fingerprint=call.fingerprint, at=at)
        if given is not None:
            return given
        pending = self._pending.get(question)
        if pending is None:
            pending = _Pending(call.fingerprint, asyncio.create_task(self._ask_register(call)))
            self._pending[question] = pending
            pending.task.add_done_callback(lambda _: self._pending.pop(question, None))
        elif pending.fingerprint != call.fingerprint:
            raise MessageIdReused
        # Shielded: one asker who hangs up must not take the answer from the others, or have it asked again.
        return await asyncio.shield(pending.task)

    async def _ask_register(self, call: AdmittedCall) -> GivenAnswer:
        answer = await self.backends.ask(str(call.path.service.provider), backend_request(call))
        given = GivenAnswer(
            call.consumer, call.message_id, call.fingerprint, answer, self.edge.now() + ANSWER_WINDOW
        )
        if is_final(answer.status):
            self.memory.keep(given)
        return given
