"""What an answer of our node means: given, absent, denied, or nothing that may be believed."""

from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from panjereh.domain.exchange.rules.data_sets import DataSet
from panjereh_contracts.digest import DigestMismatch, content_digest, verify_content_digest
from panjereh_contracts.reading import UnreadableError, read_json
from panjereh_contracts.receipt import Receipt

MALFORMED = "malformed-answer"
UNPROVEN = "unproven-answer"
# Refusals that another try would not change. Whatever else a node reports, time or an operator may cure.
_FINAL_FAULTS = frozenset({"access_denied", "unknown_service", "unknown_member"})
_PASSING_STATUSES = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)


class Outcome(StrEnum):
    """How a question ended. FAILED says nothing about the register: the answer did not reach us whole."""

    GIVEN = "given"
    ABSENT = "absent"
    DENIED = "denied"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class NodeAnswer:
    """What our node sent back: status, the two headers that matter, and the raw body."""

    status: int
    error: str | None
    receipt: str | None
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, as the receipt must repeat it."""

    data_set: DataSet
    contract: str
    purpose: str
    legal_basis: str
    case_reference: str
    message_id: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """The meaning of an answer. `body` is there for GIVEN and ABSENT, `fault` for DENIED and FAILED."""

    outcome: Outcome
    receipt: Receipt | None
    body: dict[str, Any] | None = field(default=None, repr=False)
    fault: str = ""


def judge(question: Question, answer: NodeAnswer) -> Finding:
    """Return what `answer` means. It is believed only with a receipt for this question and this body."""
    if answer.error is not None:
        return _judge_refusal_of_a_node(answer.error)
    receipt = _receipt(question, answer)
    if receipt is None:
        return Finding(Outcome.FAILED, None, fault=UNPROVEN)
    if answer.status != HTTPStatus.OK:
        is_final = (
            HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
            and answer.status not in _PASSING_STATUSES
        )
        outcome = Outcome.DENIED if is_final else Outcome.FAILED
        return Finding(outcome, receipt, fault=f"status-{answer.status}")
    return _judge_body(question.data_set, answer.body, receipt)


def _judge_refusal_of_a_node(error: str) -> Finding:
    fault = error.rpartition(".")[2]
    is_final = error.startswith("client.") or fault in _FINAL_FAULTS
    return Finding(Outcome.DENIED if is_final else Outcome.FAILED, None, fault=_tame(error))


def _judge_body(data_set: DataSet, raw: bytes, receipt: Receipt) -> Finding:
    try:
        body = read_json(raw)
    except UnreadableError:
        return Finding(Outcome.FAILED, receipt, fault=MALFORMED)
    if not isinstance(body, dict) or not data_set.is_answer(body):
        return Finding(Outcome.FAILED, receipt, fault=MALFORMED)
    is_absent = data_set.absence is not None and body.get(data_set.absence) is False
    return Finding(Outcome.ABSENT if is_absent else Outcome.GIVEN, receipt, body=body)


def _receipt(question: Question, answer: NodeAnswer) -> Receipt | None:
    """Return the receipt if it stands for this question and this body; the signature is proven apart."""
    try:
        receipt = Receipt.decode(answer.receipt or "")
        verify_content_digest(receipt.response_digest, answer.body)
    except (UnreadableError, DigestMismatch):
        return None
    told = (str(receipt.message_id), f"/r1/{receipt.service}", receipt.contract_id, receipt.status)
    why = (receipt.purpose, receipt.legal_basis, receipt.issue or "", receipt.request_digest)
    asked = (question.message_id, question.data_set.path, question.contract, answer.status)
    reasons = (question.purpose, question.legal_basis, question.case_reference, content_digest(question.body))
    return receipt if (told, why) == (asked, reasons) else None


def _tame(error: str) -> str:
    # What a node writes is kept as a code; anything else is not repeated.
    is_code = error.isascii() and error.replace(".", "").replace("_", "").isalnum()
    return error[:60] if is_code else "unreadable-fault"
