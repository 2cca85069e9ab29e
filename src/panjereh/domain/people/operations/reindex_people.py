"""Move the blind indexes of people to the current index key, batch by batch, in order of id."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access
from panjereh.domain.people.models import Account, AllottedSubject, Subject
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor

START = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Reindexed:
    """One batch: how many people it read, how many of them it changed, and the id it came to."""

    read: int
    changed: int
    last_id: UUID


@transaction.atomic(durable=True)
def reindex_people(*, after: UUID, limit: int, actor: Actor, at: dt.datetime) -> Reindexed:
    """Renew the indexes by which up to `limit` people behind the id `after` are found: number and mobile.

    For the platform alone: raises `NotFound` for anybody else. Reads 0 at the end. Repeating changes nothing,
    so a run that was killed may start from any id it printed, or from the beginning.

    GAP: a number whose sign-in was never finished stays under the old key: nobody has it to compute from.
    It gets another id when the old key is taken out, and only receipts of that sign-in hang on the first.
    """
    access.platform_alone(actor)
    rows = list(Subject.objects.select_for_update().filter(id__gt=after).order_by("id")[:limit])
    accounts = {
        account.subject_id: account
        for account in Account.objects.select_for_update().filter(subject__in=rows).order_by("id")
    }
    changed = sum(_renew(row, accounts.get(row.id)) for row in rows)
    if changed:
        audit.record(
            event="people.indexes.renewed",
            actor=actor,
            subject=str(rows[-1].id),
            at=at,
            facts={"count": changed},
        )
    return Reindexed(len(rows), changed, rows[-1].id if rows else after)


def _renew(row: Subject, account: Account | None) -> bool:
    open_one = sealing.opener(row.id)
    number = access.number_index(open_one("national_number", row.sealed_national_number))
    is_changed = bytes(row.national_number_index) != number
    if is_changed:
        row.national_number_index = number
        row.save(update_fields=["national_number_index"])
        AllottedSubject.objects.filter(subject_id=row.id).update(national_number_index=number)
    if account is None:
        return is_changed
    mobile = access.mobile_index(open_one("mobile", account.sealed_mobile))
    if bytes(account.mobile_index) == mobile:
        return is_changed
    account.mobile_index = mobile
    account.save(update_fields=["mobile_index"])
    return True
