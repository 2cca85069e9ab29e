"""Erase a person: the key goes, and with it everything sealed; the rows by which the person is found go too.

What stays are ids, instants and codes: the record, the receipts and the numbers of documents can still be
checked, and say nothing about anybody.

GAP: cases under way are not withdrawn; they can be neither continued nor read, and their jobs end as failed.

GAP: one operator alone erases, by a command; nobody approves it.

GAP: sessions at the identity provider run out by themselves. They open nothing here: the account is gone.
"""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from panjereh.domain.audit import api as audit
from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import access, officers
from panjereh.domain.people.models import (
    Account,
    AllottedSubject,
    AttemptCounter,
    OneTimeCode,
    SignInChallenge,
    Subject,
)
from panjereh.domain.people.operations.finish_sign_in import finish
from panjereh.domain.people.refusals import RoleInForce
from panjereh.domain.people.rules import states
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound


class ErasureReason(StrEnum):
    """On what ground a person is erased."""

    HOLDER_ASKED = "holder-asked"
    COURT_ORDER = "court-order"
    RETENTION_ENDED = "retention-ended"
    OPENED_IN_ERROR = "opened-in-error"


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What an erasure did, in ids and counts; its digest stands in the record.

    `removed` counts rows and indexes taken away, `closed` names every sealed column and how many values of
    this person in it were tried and did not open.
    """

    subject_id: UUID
    reason: ErasureReason
    at: dt.datetime
    removed: dict[str, int]
    closed: list[sealing.Closed]

    def to_json(self) -> str:
        """Return its one spelling, of which `digest` is taken."""
        return json.dumps(
            {
                "subject_id": str(self.subject_id),
                "reason": self.reason.value,
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
def erase_subject(subject_id: UUID, *, reason: ErasureReason, actor: Actor, at: dt.datetime) -> ErasureReport:
    """Destroy a person's key and all that finds the person; return what was done, proven.

    For the platform alone: raises `NotFound` for anybody else, and for an id nobody ever had. Raises
    `RoleInForce` while the person holds a role or is asked for one; grants that are over stay, with an id.
    All or nothing: when a single value still opened, `StillOpen` would take everything back. Repeating finds
    nothing left to remove, and records that it was done again.
    """
    access.platform_alone(actor)
    subject = Subject.objects.filter(id=subject_id).first()
    if subject is None and not sealing.has_key(subject_id):
        raise NotFound
    removed = _forget_sign_ins(subject_id, subject, at)
    _check_no_role(subject_id, at)
    removed |= _forget_person(subject_id)
    removed["exchange_receipt.indexes"] = exchange.forget_questions(subject_id)
    sealing.erase_key(subject_id, at=at)
    report = ErasureReport(subject_id, reason, at, removed, sealing.prove_closed(subject_id))
    audit.record(
        event="people.subject.erased",
        actor=actor,
        subject=str(subject_id),
        at=at,
        facts={"reason": reason.value, "report_sha256": report.digest},
    )
    return report


def check_erasable(subject_id: UUID, *, actor: Actor, at: dt.datetime) -> None:
    """Raise what `erase_subject` would, and change nothing: asked before an order is written down."""
    access.platform_alone(actor)
    if not Subject.objects.filter(id=subject_id).exists() and not sealing.has_key(subject_id):
        raise NotFound
    with transaction.atomic():
        _check_no_role(subject_id, at)


def _check_no_role(subject_id: UUID, at: dt.datetime) -> None:
    # The account first, as a request for a role locks it: none comes in between.
    list(Account.objects.select_for_update().filter(subject_id=subject_id).order_by("id"))
    if officers.lock_live_grants(subject_id, at=at):
        raise RoleInForce


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
