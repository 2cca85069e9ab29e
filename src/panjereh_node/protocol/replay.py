"""What a provider remembers so that nothing happens twice: nonces seen, and answers given.

Both are bounded. When there is no room the node refuses rather than forgets: forgetting would reopen the door
it exists to close.
"""

import datetime as dt
from collections import deque
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from panjereh_contracts.faults import ClientRefusal, ExchangeRefusal
from panjereh_contracts.identifiers import SubsystemId
from panjereh_node.protocol.messages import HttpAnswer

# How long the same message id gets the same answer.
ANSWER_WINDOW: Final = dt.timedelta(minutes=10)
MAX_NONCES: Final = 200_000
MAX_ANSWERS: Final = 50_000
MAX_ANSWER_BYTES: Final = 64 * 1024 * 1024


# Not answers but "not now": repeating the question may well help (RFC 9110 sections 15.5 and 15.6).
PASSING: Final = frozenset({408, 425, 429})


def is_final(status: int) -> bool:
    """Return whether a register's status settles a question, so that a repetition gets the same answer."""
    return status < 500 and status not in PASSING  # noqa: PLR2004 -- the class of server errors, RFC 9110


class Replayed(ExchangeRefusal):
    """This very signed request was here before."""

    code = "exchange-replayed"
    fault = "invalid_request"


class MessageIdReused(ClientRefusal):
    """The same `X-Road-Id` came with another question."""

    code = "exchange-message-id-reused"
    fault = "invalid_request"


class MemoryFull(ExchangeRefusal):
    """More calls within the window than this node remembers."""

    code = "exchange-memory-full"
    fault = "maintenance_mode"


@dataclass(frozen=True, slots=True)
class SeenNonce:
    """One nonce of one key, worth remembering until the request it came with is dead."""

    kid: str
    nonce: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer, as the register gave it, to one question of one consumer."""

    consumer: SubsystemId
    message_id: UUID
    fingerprint: str
    answer: HttpAnswer
    until: dt.datetime


@dataclass(slots=True)
class ReplayMemory:
    """The memory itself. Not shared between threads."""

    max_nonces: int = MAX_NONCES
    max_answers: int = MAX_ANSWERS
    max_answer_bytes: int = MAX_ANSWER_BYTES
    _nonces: dict[tuple[str, str], dt.datetime] = field(default_factory=dict)
    _nonce_order: deque[tuple[dt.datetime, tuple[str, str]]] = field(default_factory=deque)
    _answers: dict[tuple[SubsystemId, UUID], GivenAnswer] = field(default_factory=dict)
    _answer_bytes: int = 0

    def see(self, nonce: SeenNonce, *, at: dt.datetime) -> None:
        """Remember a nonce; raises `Replayed` if it is known, `MemoryFull` if there is no room."""
        self._forget_nonces(at)
        key = (nonce.kid, nonce.nonce)
        if key in self._nonces:
            raise Replayed
        if len(self._nonces) >= self.max_nonces:
            raise MemoryFull
        self._nonces[key] = nonce.until
        self._nonce_order.append((nonce.until, key))

    def _forget_nonces(self, at: dt.datetime) -> None:
        # In order of arrival, not of death: lives differ by a minute at most, the queue is late by no more.
        while self._nonce_order and self._nonce_order[0][0] < at:
            del self._nonces[self._nonce_order.popleft()[1]]

    def find(
        self, consumer: SubsystemId, message_id: UUID, *, fingerprint: str, at: dt.datetime
    ) -> GivenAnswer | None:
        """Return the answer already given to this question, None if there is none.

        Raises `MessageIdReused` if the id belongs to another question, `MemoryFull` if there is no answer and
        no room for one.
        """
        self._forget_answers(at)
        given = self._answers.get((consumer, message_id))
        if given is not None:
            if given.fingerprint != fingerprint:
                raise MessageIdReused
            return given
        if len(self._answers) >= self.max_answers or self._answer_bytes >= self.max_answer_bytes:
            raise MemoryFull
        return None

    def keep(self, given: GivenAnswer) -> None:
        """Remember an answer. The first one stays if there are two."""
        key = (given.consumer, given.message_id)
        if key not in self._answers:
            self._answers[key] = given
            self._answer_bytes += len(given.answer.body)

    def _forget_answers(self, at: dt.datetime) -> None:
        # Kept in order of arrival with one life for all, so the oldest are at the front.
        while self._answers:
            key, given = next(iter(self._answers.items()))
            if given.until >= at:
                return
            del self._answers[key]
            self._answer_bytes -= len(given.answer.body)
