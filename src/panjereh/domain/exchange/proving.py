"""Prove a receipt to the person it is about, here and now, on the word of signatures alone."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from panjereh.domain.exchange import queries
from panjereh.domain.exchange.room import room
from panjereh_contracts.bundle import Bundle, LogProof, verify_logged, verify_signer
from panjereh_contracts.configuration import Configuration, verify_configuration
from panjereh_contracts.p256 import SignatureInvalid, encode_base64url
from panjereh_contracts.receipt import Receipt, ReceiptDisprovedError
from panjereh_kernel.refusal import PeerError
from panjereh_tlog.checkpoints import Checkpoint
from panjereh_tlog.notes import NoteKeyError, Verifier

Needed = TypeVar("Needed")
Found = TypeVar("Found")
_DISPROVED = (ReceiptDisprovedError, SignatureInvalid, NoteKeyError, PeerError)


class Check(StrEnum):
    """How one check of a receipt ended. UNKNOWN: what it needs could not be fetched now."""

    HELD = "held"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReceiptProof:
    """A receipt, what was checked of it, and all of the evidence as one document if it could be had.

    `serial` is the edition of the directory that vouches for the signer's key, `checkpoint` the state of the
    log under which the answer was found.
    """

    view: queries.ReceiptView
    receipt: Receipt
    signature: Check
    question: Check
    answer: Check
    serial: int | None
    checkpoint: Checkpoint | None
    bundle: bytes | None

    @property
    def verdict(self) -> Check:
        """BROKEN if anything is, HELD only if everything is."""
        return worst((self.signature, self.question, self.answer))


def worst(checks: Sequence[Check]) -> Check:
    """Return what to say of several checks together."""
    for verdict in (Check.BROKEN, Check.UNKNOWN):
        if verdict in checks:
            return verdict
    return Check.HELD


def prove_receipt(receipt_id: UUID, *, subject_id: UUID) -> ReceiptProof:
    """Check one receipt of a person against the directory of the exchange and the log of our node.

    It asks both, for a second each at most, and changes nothing. Raises `NotFound` when the receipt is
    absent, about somebody else, or no answer came that could be proven, and `ContentErased`.
    """
    raw = queries.receipt_evidence(receipt_id, subject_id=subject_id)
    receipt = Receipt.decode(encode_base64url(raw))
    fetch = room().evidence
    signed, log_key = fetch.configuration(), fetch.log_key()
    configuration = _configuration(signed)
    question, answer = fetch.log_proof(receipt.request_index), fetch.log_proof(receipt.response_index)
    signature = _signature(receipt, configuration)
    asked, _ = _logged(receipt, question, log_key)
    answered, checkpoint = _logged(receipt, answer, log_key)
    return ReceiptProof(
        view=queries.receipt_of(receipt_id, subject_id=subject_id),
        receipt=receipt,
        signature=signature,
        question=asked,
        answer=answered,
        serial=None if configuration is None else configuration.serial,
        checkpoint=checkpoint,
        bundle=_bundle(receipt, signed if configuration else None, log_key, question, answer),
    )


def _configuration(signed: bytes | None) -> Configuration | None:
    """Return the directory if a key of the registry signed it; what nobody vouches for proves nothing."""
    anchors = room().anchors
    if signed is None or anchors is None:
        return None
    with suppress(SignatureInvalid, ValueError):
        return verify_configuration(signed, anchors=anchors)
    return None


def _signature(receipt: Receipt, configuration: Configuration | None) -> Check:
    # A key that was retired since is no lie; that today's directory lacks it leaves the answer unproven.
    if configuration is None or configuration.directory.signing_key(receipt.response_keyid) is None:
        return Check.UNKNOWN
    return _checked(configuration, lambda known: verify_signer(receipt, configuration=known))[0]


def _logged(receipt: Receipt, proof: LogProof | None, log_key: str | None) -> tuple[Check, Checkpoint | None]:
    needed = None if proof is None or log_key is None else (proof, log_key)
    return _checked(needed, lambda pair: verify_logged(receipt, pair[0], verifier=Verifier.parse(pair[1])))


def _checked(needed: Needed | None, check: Callable[[Needed], Found]) -> tuple[Check, Found | None]:
    if needed is None:
        return Check.UNKNOWN, None
    try:
        return Check.HELD, check(needed)
    except _DISPROVED:
        return Check.BROKEN, None


def _bundle(
    receipt: Receipt,
    configuration: bytes | None,
    log_key: str | None,
    question: LogProof | None,
    answer: LogProof | None,
) -> bytes | None:
    if configuration is None or log_key is None or question is None or answer is None:
        return None
    return Bundle(receipt, configuration, log_key, question, answer).encode()
