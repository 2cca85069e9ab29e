"""Ask: sign, log, send, verify, log, and only then hand the answer over, with its receipt."""

from dataclasses import dataclass

from panjereh_contracts import headers as names
from panjereh_contracts.evidence import SALT_BYTES, Direction, make_leaf
from panjereh_contracts.p256 import encode_base64url
from panjereh_contracts.receipt import Receipt
from panjereh_node.flows.keeping import ConfigurationKeeper
from panjereh_node.flows.ports import Edge, Ledger, Logged, Peers
from panjereh_node.protocol.consumer import CallDraws, OutgoingCall, VerifiedAnswer, open_call, verify_answer
from panjereh_node.protocol.keys import OwnNode
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest

NONCE_BYTES = 18


@dataclass(frozen=True, slots=True)
class _Entry:
    logged: Logged
    salt: bytes


@dataclass(frozen=True, slots=True)
class Asking:
    """The consumer side of the node."""

    own: OwnNode
    configuration: ConfigurationKeeper
    ledger: Ledger
    peers: Peers
    edge: Edge

    async def ask(self, request: HttpRequest) -> HttpAnswer:
        """Carry one request of a local system to the provider's node and return its proven answer.

        Nothing leaves before the request is in the log, nothing is handed over before the answer is. Raises
        an `ExchangeRefusal` for every other outcome. The caller may repeat with the same `X-Road-Id`: the
        provider's node then answers without asking its register twice.
        """
        at = self.edge.now()
        configuration = self.configuration.usable(at=at)
        nonce = encode_base64url(self.edge.draw(NONCE_BYTES))
        draws = CallDraws(self.edge.new_id(), self.edge.new_id(), nonce)
        call = open_call(request, configuration=configuration, own=self.own, draws=draws, at=at)
        asked = await self._log(Direction.REQUEST, call.signature.base, call.signature.signature)
        answer = await self.peers.send(call)
        # The configuration may have changed meanwhile: a key revoked by now must not be believed.
        now = self.edge.now()
        proven = verify_answer(call, answer, configuration=self.configuration.usable(at=now), at=now)
        answered = await self._log(Direction.RESPONSE, proven.base, proven.signature)
        receipt = self._receipt(call, proven, asked, answered)
        return _handed_over(call, answer, receipt)

    async def _log(self, direction: Direction, base: str, signature: str) -> _Entry:
        salt = self.edge.draw(SALT_BYTES)
        logged = await self.ledger.record(make_leaf(direction, base=base, signature=signature, salt=salt))
        return _Entry(logged, salt)

    def _receipt(
        self, call: OutgoingCall, proven: VerifiedAnswer, asked: _Entry, answered: _Entry
    ) -> Receipt:
        fields = call.signed.fields
        return Receipt(
            message_id=call.message_id,
            consumer=call.consumer,
            service=call.service,
            contract_id=fields[names.CONTRACT],
            purpose=fields[names.PURPOSE],
            legal_basis=fields[names.LEGAL_BASIS],
            issue=fields.get(names.ISSUE),
            asked_at=call.asked_at,
            answered_at=self.edge.now(),
            status=proven.answer.status,
            request_digest=call.signed.content_digest,
            response_digest=proven.digest,
            request_base=call.signature.base,
            request_signature=call.signature.signature,
            response_signature=proven.signature,
            response_keyid=proven.parameters.keyid,
            response_created_at=proven.parameters.created_at,
            log_origin=self.ledger.origin,
            request_index=asked.logged.index,
            request_leaf_hash=asked.logged.leaf_hash.hex(),
            request_salt=asked.salt.hex(),
            response_index=answered.logged.index,
            response_leaf_hash=answered.logged.leaf_hash.hex(),
            response_salt=answered.salt.hex(),
        )


def _handed_over(call: OutgoingCall, answer: HttpAnswer, receipt: Receipt) -> HttpAnswer:
    headers = [
        *names.passing(answer.headers),
        (names.MESSAGE_ID, str(call.message_id)),
        (names.CLIENT, str(call.consumer)),
        (names.SERVICE, str(call.service)),
        (names.REQUEST_ID, call.signed.fields[names.REQUEST_ID]),
        (names.RECEIPT, receipt.encode()),
    ]
    return HttpAnswer(answer.status, headers, answer.body)
