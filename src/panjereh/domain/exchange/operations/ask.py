"""Ask another agency one question, and leave a receipt however it ends."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.exchange import models, queries
from panjereh.domain.exchange.node_client import NodeUnreachable
from panjereh.domain.exchange.queries import RECEIPT_FIELD
from panjereh.domain.exchange.room import room
from panjereh.domain.exchange.rules.data_sets import NoContract
from panjereh.domain.exchange.rules.outcomes import Finding, Outcome, Question, judge
from panjereh.plumbing import metrics, sealing, sql
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import PeerError, Refusal

QUESTION_FIELD = "exchange.question"

NO_CONTRACT = "no-contract"
_ASKED_OTHERWISE = """
SELECT 1 FROM exchange_receipt
WHERE message_id = %s AND NOT (subject_id = %s AND data_set = %s AND question_index = ANY(%s)) LIMIT 1
"""


class RegisterUnavailable(PeerError):  # noqa: N818 -- reads as what happened
    """No believable answer came. Ask again later, with the same message id.

    `fault` is a code: of the network, of a node, or `malformed-answer` and `unproven-answer` for one that
    came and may not be believed; its receipt, where there is one, is kept as evidence.
    """

    code = "register-unavailable"

    def __init__(self, data_set: str, fault: str) -> None:
        super().__init__(f"{data_set}: {fault}")
        self.data_set = data_set
        self.fault = fault


class RegisterRefused(Refusal):
    """The exchange or the register said no; asking again would not help. `fault` is a code."""

    code = "register-refused"

    def __init__(self, data_set: str, fault: str) -> None:
        super().__init__(data_set, fault)
        self.data_set = data_set
        self.fault = fault


class QuestionFaulty(ValueError):  # noqa: N818 -- reads as what happened
    """The caller's own mistake: the question is not in the contract's form, or its message id is taken."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A register's answer in the form its contract promises, and the receipt that proves it."""

    body: Mapping[str, Any] = field(repr=False)  # personal data: never in a log by accident
    receipt_id: UUID


def ask(
    data_set: str,
    *,
    request: Mapping[str, Any],
    subject_id: UUID,
    actor: Actor,
    purpose: str,
    legal_basis: str,
    case_reference: str,
    message_id: UUID,
    at: dt.datetime,
) -> Answer:
    """Ask the register behind `data_set` about one person. For jobs only: it waits for other machines.

    `request` is the question as the data set's contract has it, `purpose` and `legal_basis` must be those of
    a contract, `message_id` names the question: repeating it after a lost answer asks nothing new. That the
    register holds no such thing is an answer too.

    Raises `RegisterUnavailable` (try again with the same message id), `RegisterRefused` (do not),
    `DataSetUnknown`, and `QuestionFaulty` for mistakes of the caller. Never call it inside a transaction.
    """
    question = _question(
        data_set,
        request,
        purpose=purpose,
        legal_basis=legal_basis,
        case_reference=case_reference,
        message_id=message_id,
    )
    _refuse_taken_id(question, subject_id)
    try:
        finding = judge(question, room().node.ask(question, user=_user(actor)))
    except NodeUnreachable as unreachable:
        finding = Finding(Outcome.FAILED, None, fault=unreachable.fault)
    metrics.exchange_calls.labels(data_set, finding.outcome.value).inc()
    receipt_id = _keep(question, finding, subject_id=subject_id, actor=actor, at=at)
    if finding.body is not None:
        return Answer(finding.body, receipt_id)
    if finding.outcome is Outcome.DENIED:
        raise RegisterRefused(data_set, finding.fault)
    raise RegisterUnavailable(data_set, finding.fault)


def _question(
    key: str,
    request: Mapping[str, Any],
    *,
    purpose: str,
    legal_basis: str,
    case_reference: str,
    message_id: UUID,
) -> Question:
    data_set = queries.data_set(key)
    if not data_set.is_question(request):
        # The request holds personal data, so the fault is not described by its content.
        raise QuestionFaulty(f"this is no question to {key}")
    try:
        contract = data_set.contract(purpose=purpose, legal_basis=legal_basis)
    except NoContract as missing:
        raise RegisterRefused(key, NO_CONTRACT) from missing
    return Question(
        data_set=data_set,
        contract=contract,
        purpose=purpose,
        legal_basis=legal_basis,
        case_reference=case_reference,
        message_id=str(message_id),
        # One spelling of one question: the node tells a repetition from another question by these bytes.
        body=json.dumps(request, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(),
    )


def _refuse_taken_id(question: Question, subject_id: UUID) -> None:
    indexes = sealing.blind_indexes(QUESTION_FIELD, question.body.decode())
    if sql.row(_ASKED_OTHERWISE, [UUID(question.message_id), subject_id, question.data_set.key, indexes]):
        raise QuestionFaulty("the message id belongs to another question")


@transaction.atomic(durable=True)
def _keep(question: Question, finding: Finding, *, subject_id: UUID, actor: Actor, at: dt.datetime) -> UUID:
    """Insert the receipt once and record it; a repetition finds the first and changes nothing."""
    row = _row(question, finding, subject_id=subject_id, at=at)
    if not sql.insert_once(row):
        return row.id
    audit.record(
        event=f"exchange.question.{finding.outcome}",
        actor=actor,
        subject=str(row.id),
        at=at,
        facts={"data_set": row.data_set, "purpose": row.purpose, "fault": row.fault},
    )
    return row.id


def _row(question: Question, finding: Finding, *, subject_id: UUID, at: dt.datetime) -> models.Receipt:
    receipt, message_id = finding.receipt, UUID(question.message_id)
    answer_index = sealing.blind_index("exchange.answer", receipt.response_digest) if receipt else b""
    sealed = sealing.seal(subject_id, RECEIPT_FIELD, receipt.encode()) if receipt else None
    return models.Receipt(
        # The id follows from what makes the row unique, so that repeating yields the same receipt.
        id=uuid5(message_id, f"{finding.outcome} {answer_index.hex()}"),
        subject_id=subject_id,
        data_set=question.data_set.key,
        holder=question.data_set.holder,
        purpose=question.purpose,
        legal_basis=question.legal_basis,
        contract=question.contract,
        case_reference=question.case_reference,
        message_id=message_id,
        asked_at=receipt.asked_at if receipt else at,
        answered_at=receipt.answered_at if receipt else None,
        outcome=finding.outcome.value,
        fault=finding.fault,
        question_index=sealing.blind_index(QUESTION_FIELD, question.body.decode()),
        answer_index=answer_index,
        sealed_receipt=sealed,
    )


def _user(actor: Actor) -> str:
    """Return who asks, for the other side's own log: the platform, or an account by an opaque id."""
    return f"account:{actor.account_id}" if actor.account_id else actor.role.value
