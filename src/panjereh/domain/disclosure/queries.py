"""What was fetched for a case, and who looked at a person's data."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.disclosure import models
from panjereh.domain.disclosure.rules.states import FactState
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7

LOOKS_PAGE = 30


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a case. `answer` is what the contract says it is, None while it is awaited."""

    evidence: str
    data_set: str
    state: FactState
    answer: Mapping[str, Any] | None
    asked_at: dt.datetime
    answered_at: dt.datetime | None
    receipt_id: UUID | None


class LookKind(StrEnum):
    """How somebody came by a person's data."""

    EXCHANGE = "exchange"  # a register gave it to the platform, or refused to
    ACCESS = "access"  # somebody read it on the platform


@dataclass(frozen=True, slots=True)
class Look:
    """One time somebody got or read a person's data, or was refused.

    Of an exchange, `what` is the data set and `who` the agency that holds it; of an access, `what` is what
    was read and `who` the reader's role.
    """

    at: dt.datetime
    kind: LookKind
    what: str
    who: str
    purpose: str
    legal_basis: str
    case_reference: str
    outcome: str
    receipt_id: UUID | None


def facts_of(case_id: UUID) -> tuple[Fact, ...]:
    """Return the live facts of a case. The caller has the right to the case."""
    rows = models.Fact.objects.filter(case_id=case_id).exclude(state=FactState.DISCARDED)
    return tuple(_fact(row) for row in rows.order_by("asked_at", "id"))


def looks_at(*, actor: Actor, before: dt.datetime | None = None) -> tuple[Look, ...]:
    """Return who looked at the actor's own data, newest first, one page before the instant given.

    Raises `NotFound` for somebody who has not signed in.
    """
    if actor.subject_id is None:
        raise NotFound
    receipts = exchange.receipts_of(actor.subject_id, limit=LOOKS_PAGE, before=before)
    # Traces are named by time, so an instant is a place in their order.
    edge = None if before is None else make_uuid7(before, entropy=bytes(RANDOM_BYTES))
    accesses = audit.accesses_of(actor.subject_id, limit=LOOKS_PAGE, before=edge)
    looks = [_from_receipt(each) for each in receipts] + [_from_access(each) for each in accesses]
    return tuple(sorted(looks, key=lambda look: look.at, reverse=True)[:LOOKS_PAGE])


def _from_receipt(receipt: exchange.ReceiptView) -> Look:
    return Look(
        at=receipt.asked_at,
        kind=LookKind.EXCHANGE,
        what=receipt.data_set,
        who=receipt.holder,
        purpose=receipt.purpose,
        legal_basis=receipt.legal_basis,
        case_reference=receipt.case_reference,
        outcome=receipt.outcome.value,
        receipt_id=receipt.id,
    )


def _from_access(access: audit.Access) -> Look:
    return Look(
        at=access.at,
        kind=LookKind.ACCESS,
        what=access.what,
        who=access.role,
        purpose=access.purpose,
        legal_basis="",
        case_reference="",
        outcome="given",
        receipt_id=None,
    )


def _fact(row: models.Fact) -> Fact:
    opened = (
        None
        if row.sealed_answer is None
        else sealing.unseal(row.subject_id, "fact.answer", row.sealed_answer)
    )
    return Fact(
        evidence=row.evidence,
        data_set=row.data_set,
        state=FactState(row.state),
        answer=None if opened is None else json.loads(opened),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        receipt_id=row.receipt_id,
    )
