"""Erase a person: the key goes, and with it everything sealed; the rows by which the person is found go too.

What stays are ids, instants and codes: the record, the receipts and the numbers of documents can still be
checked, and say nothing about anybody. What was under way ends: `people.subject_erased` tells the rooms.

Sessions at the identity provider run out by themselves. They open nothing here: the account is gone. What
programs were allowed ends, and the identity provider is told.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from panjereh.domain.audit import api as audit
from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import access, consents, orders
from panjereh.domain.people.events import SubjectErased
from panjereh.domain.people.models import (
    Account,
    AllottedSubject,
    AttemptCounter,
    ErasureOrder,
    OneTimeCode,
    SignInChallenge,
    Subject,
)
from panjereh.domain.people.operations import order_erasure
from panjereh.domain.people.operations.finish_sign_in import finish
from panjereh.domain.people.rules import states
from panjereh.domain.people.rules.consents import ConsentEnd
from panjereh.domain.people.rules.erasures import ErasureReason, OrderState, OrderStep
from panjereh.plumbing import outbox, sealing
from panjereh_kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order that was carried out, as the list outside the database keeps it.

    Orders of older versions were of one operator alone: they name neither an order nor anybody.
    """

    subject_id: UUID
    reason: ErasureReason
    order_id: UUID | None = None
    asked_by: UUID | None = None
    approved_by: UUID | None = None

    def written(self) -> dict[str, str | None]:
        """Return it as the report and the list write it."""
        return {name: None if value is None else str(value) for name, value in asdict(self).items()}

    @classmethod
    def read(cls, line: Mapping[str, str | None]) -> "PastOrder":
        """Return what `written` wrote. Raises `KeyError` and `ValueError` for anything else."""
        ids = {name: line.get(name) for name in ("order_id", "asked_by", "approved_by")}
        subject_id, reason = UUID(line["subject_id"] or ""), ErasureReason(line["reason"] or "")
        return cls(subject_id, reason, **{name: UUID(text) for name, text in ids.items() if text})


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What an erasure did, on whose order, in ids and counts; its digest stands in the record.

    `removed` counts rows and indexes taken away, `closed` names every sealed column and how many values of
    this person in it were tried and did not open.
    """

    order: PastOrder
    at: dt.datetime
    removed: dict[str, int]
    closed: list[sealing.Closed]

    def to_json(self) -> str:
        """Return its one spelling, of which `digest` is taken."""
        return json.dumps(
            {
                **self.order.written(),
                "at": self.at.isoformat(),
                "removed": self.removed,
                "closed": [asdict(column) for column in self.closed],
            },
            sort_keys=True,
            separators=(",", ":"),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the report in hexadecimal."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


@transaction.atomic(durable=True)
def erase_subject(order_id: UUID, *, actor: Actor, at: dt.datetime) -> ErasureReport:
    """Carry an approved order out: destroy the person's key and all that finds the person.

    For the platform alone: raises `NotFound` for anybody else and for an unknown order. Raises
    `ErasureStepImpossible` for one that is not approved, has lapsed or was carried out, and `RoleInForce`
    while the person holds a role or is asked for one; grants that are over stay, with an id. All or nothing:
    when a single value still opened, `StillOpen` would take everything back.
    """
    access.platform_alone(actor)
    order = orders.lock_order(order_id)
    order_erasure.step(order, OrderStep.CARRY_OUT, at=at)
    order.done_at = at
    order.save(update_fields=["state", "done_at"])
    return _erase(_past(order), actor=actor, at=at)


@transaction.atomic(durable=True)
def erase_again(past: PastOrder, *, actor: Actor, at: dt.datetime) -> ErasureReport:
    """Erase somebody whom a backup brought back, on the order that was carried out before.

    For the platform alone: raises `NotFound` for anybody else, and for an id nobody has in this database, and
    `RoleInForce`. Repeating finds nothing left to remove, and records that it was done again.
    """
    access.platform_alone(actor)
    if past.order_id is not None:
        # A backup made between approval and erasure still has it open.
        live = ErasureOrder.objects.filter(id=past.order_id, state=OrderState.APPROVED)
        live.update(state=OrderState.DONE, done_at=at)
    return _erase(past, actor=actor, at=at)


def order_to_carry_out(order_id: UUID, *, actor: Actor, at: dt.datetime) -> PastOrder:
    """Return an order that `erase_subject` would carry out, and change nothing; raises what it would.

    Asked before the order is written to the list: what is on it is carried out after the next restore.
    """
    access.platform_alone(actor)
    with transaction.atomic():
        order = orders.lock_order(order_id)
        order_erasure.step(order, OrderStep.CARRY_OUT, at=at)
        order_erasure.check_erasable(order.subject_id, at=at)
    return _past(order)


def _past(order: ErasureOrder) -> PastOrder:
    return PastOrder(
        order.subject_id, ErasureReason(order.reason), order.id, order.asked_by, order.decided_by
    )


def _erase(past: PastOrder, *, actor: Actor, at: dt.datetime) -> ErasureReport:
    subject_id = past.subject_id
    removed = _forget_sign_ins(subject_id, Subject.objects.filter(id=subject_id).first(), at)
    order_erasure.check_erasable(subject_id, at=at)
    removed |= _forget_person(subject_id)
    for row in consents.lock_live(subject_id):
        consents.close(row, ConsentEnd.ERASED, at=at)
    removed["exchange_receipt.indexes"] = exchange.forget_questions(subject_id)
    sealing.erase_key(subject_id, at=at)
    report = ErasureReport(past, at, removed, sealing.prove_closed(subject_id))
    told = {name: value for name, value in past.written().items() if value and name != "subject_id"}
    audit.record(
        event="people.subject.erased",
        actor=actor,
        subject=str(subject_id),
        at=at,
        facts={**told, "report_sha256": report.digest},
    )
    outbox.emit(SubjectErased(subject_id=subject_id), at=at)
    return report


def _forget_sign_ins(subject_id: UUID, subject: Subject | None, at: dt.datetime) -> dict[str, int]:
    of_person = Q(subject_id=subject_id)
    if subject is not None:
        of_person |= Q(national_number_index=subject.national_number_index)
    # Sign-ins are locked first, as a sign-in does: it has ended before anything goes, or finds itself ended.
    rows = list(SignInChallenge.objects.select_for_update().filter(of_person).order_by("id"))
    for row in rows:
        if row.finished_at is None:
            finish(row, states.SignInEvent.TIME_PASSED, at=at)
    ids = [row.id for row in rows]
    codes = OneTimeCode.objects.filter(challenge__in=ids)
    numbers = [row.national_number_index for row in rows]
    mobiles = [
        *codes.order_by("id").values_list("mobile_index", flat=True),
        *Account.objects.filter(subject_id=subject_id).order_by("id").values_list("mobile_index", flat=True),
    ]
    keys = {bytes(index) for index in (*numbers, *mobiles) if index is not None}
    return {
        "people_attemptcounter": AttemptCounter.objects.filter(key__in=keys).delete()[0],
        "people_onetimecode.mobile_index": codes.filter(mobile_index__isnull=False).update(mobile_index=None),
        "people_signinchallenge.national_number_index": SignInChallenge.objects.filter(
            id__in=ids, national_number_index__isnull=False
        ).update(national_number_index=None),
    }


def _forget_person(subject_id: UUID) -> dict[str, int]:
    return {
        "people_account": Account.objects.filter(subject_id=subject_id).delete()[0],
        "people_subject": Subject.objects.filter(id=subject_id).delete()[0],
        "people_allottedsubject": AllottedSubject.objects.filter(subject_id=subject_id).delete()[0],
    }
