"""What was fetched for a case, and who looked at a person's data."""

import datetime as dt
import heapq
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.disclosure.rules.states import FactState
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import sealing, sql
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound

LOOKS_PAGE = 30
_FACTS = """
SELECT evidence, data_set, state, sealed_answer, asked_at, answered_at, receipt_id
FROM disclosure_fact WHERE case_id = %s AND subject_id = %s AND state <> 'discarded'
ORDER BY asked_at, id
"""


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
    was read, `who` the reader's role and `agency_id` the agency whose officer it was, empty if none.
    """

    id: UUID
    at: dt.datetime
    kind: LookKind
    what: str
    who: str
    purpose: str
    legal_basis: str
    case_reference: str
    outcome: str
    receipt_id: UUID | None
    fault: str = ""
    is_provable: bool = False
    agency_id: str = ""


@dataclass(frozen=True, slots=True)
class LooksWanted:
    """Which looks to read: those of one register's agency, of the platform alone, from an instant on."""

    holder: str = ""
    kind: LookKind | None = None
    since: dt.datetime | None = None

    def takes(self, kind: LookKind) -> bool:
        """Whether looks of this kind are wanted. An agency's are those it gave over the exchange."""
        return self.kind in (None, kind) and not (self.holder and kind is LookKind.ACCESS)


EVERYTHING = LooksWanted()


@dataclass(frozen=True, slots=True)
class LooksPlace:
    """How far a reader of looks has come: the last receipt and the last access shown, None before any."""

    receipt_id: UUID | None = None
    access_id: UUID | None = None

    def after(self, looks: Sequence[Look]) -> "LooksPlace":
        """Return the place behind these looks, which were read from this place on."""
        last = {look.kind: look.id for look in looks}
        return LooksPlace(
            receipt_id=last.get(LookKind.EXCHANGE, self.receipt_id),
            access_id=last.get(LookKind.ACCESS, self.access_id),
        )


def facts_of(case_id: UUID, *, subject_id: UUID, open_one: sealing.Opener | None = None) -> tuple[Fact, ...]:
    """Return the live facts of a case of this subject. The caller has the right to the case.

    `open_one` unseals what is the subject's, if the caller has asked for the key already.
    """
    open_one = open_one or sealing.opener(subject_id)
    return tuple(_fact(row, open_one) for row in sql.rows(_FACTS, [case_id, subject_id]))


def looks_at(
    *,
    actor: Actor,
    place: LooksPlace = LooksPlace(),
    limit: int = LOOKS_PAGE,
    wanted: LooksWanted = EVERYTHING,
) -> tuple[Look, ...]:
    """Return who looked at the actor's own data, newest first, at most `limit` behind `place`.

    Raises `NotFound` for somebody who has not signed in, and for a place that is not among their receipts.
    """
    if actor.subject_id is None:
        raise NotFound
    receipts = (
        exchange.receipts_of(
            actor.subject_id,
            limit=limit,
            older_than=place.receipt_id,
            since=wanted.since,
            holder=wanted.holder,
        )
        if wanted.takes(LookKind.EXCHANGE)
        else []
    )
    accesses = (
        audit.accesses_of(actor.subject_id, limit=limit, before=place.access_id, since=wanted.since)
        if wanted.takes(LookKind.ACCESS)
        else []
    )
    # Each list keeps its own order and its own place, so rows of one instant are neither lost nor repeated.
    merged = heapq.merge(
        map(_from_receipt, receipts), map(_from_access, accesses), key=lambda look: look.at, reverse=True
    )
    return tuple(islice(merged, limit))


def count_looks(*, actor: Actor, since: dt.datetime) -> exchange.ReceiptsSummary:
    """Count what registers gave and refused of the actor's own data since an instant. Raises `NotFound`."""
    if actor.subject_id is None:
        raise NotFound
    return exchange.count_receipts(actor.subject_id, since=since)


def evidence_for(looks: Sequence[Look], *, actor: Actor) -> dict[UUID, bytes]:
    """Return the node's receipts behind the actor's own looks, as JSON, by receipt. Raises `NotFound`."""
    if actor.subject_id is None:
        raise NotFound
    provable = [look.receipt_id for look in looks if look.receipt_id is not None and look.is_provable]
    return exchange.evidence_of(provable, subject_id=actor.subject_id)


def _from_receipt(receipt: exchange.ReceiptView) -> Look:
    return Look(
        id=receipt.id,
        at=receipt.asked_at,
        kind=LookKind.EXCHANGE,
        what=receipt.data_set,
        who=receipt.holder,
        purpose=receipt.purpose,
        legal_basis=receipt.legal_basis,
        case_reference=receipt.case_reference,
        outcome=receipt.outcome.value,
        receipt_id=receipt.id,
        fault=receipt.fault,
        is_provable=receipt.is_provable,
    )


def _from_access(access: audit.Access) -> Look:
    return Look(
        id=access.id,
        at=access.at,
        kind=LookKind.ACCESS,
        what=access.what,
        who=access.role,
        purpose=access.purpose,
        legal_basis="",
        case_reference="",
        outcome="given",
        receipt_id=None,
        agency_id=access.agency_id,
    )


def _fact(row: tuple[Any, ...], open_one: sealing.Opener) -> Fact:
    evidence, data_set, state, sealed_answer, asked_at, answered_at, receipt_id = row
    opened = None if sealed_answer is None else open_one("fact.answer", sealed_answer)
    return Fact(
        evidence=evidence,
        data_set=data_set,
        state=FactState(state),
        answer=None if opened is None else json.loads(opened),
        asked_at=asked_at,
        answered_at=answered_at,
        receipt_id=receipt_id,
    )
