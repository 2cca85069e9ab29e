"""Find the cases that wait beyond the limit of their state: recorded, counted, and said to their owners."""

import datetime as dt
from collections.abc import Callable
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.models import Case
from panjereh.domain.casework.operations import act, limits
from panjereh.domain.casework.operations.tell import tell
from panjereh.domain.casework.queries import is_denied, silent_agency
from panjereh.domain.casework.rules import waiting
from panjereh.domain.casework.rules.texts import both
from panjereh.domain.casework.words import date_texts
from panjereh.domain.directory import api as directory
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor

BATCH: Final = 100


@transaction.atomic(durable=True)
def note_overdue(
    *, after: UUID | None, new_id: Callable[[], UUID], actor: Actor, at: dt.datetime
) -> UUID | None:
    """Note the next waiting cases whose limit passed: for registers, for a decision, for the document.

    Takes at most `BATCH` of them after the case `after`, in order of their ids, and returns the last, None
    when there are none left. The log of a case and the record get the last day and the calendar it was
    counted by, its owner a message. Where a register declined, the next step is the person's and no limit
    runs; one that the current calendar puts later has not passed, though it was not counted again yet.

    Repeating it changes nothing, and the message has an id of its case and its limit: noted anew after a
    restore, it is the same message to a carrier that had it already. A case that somebody else holds is left
    for the next round. Raises `NotFound` for anybody but the platform itself, and `CalendarMissing`.
    """
    today = jalali.tehran_date(at)
    cases = access.lock_waiting_cases(due_before=today, after=after, limit=BATCH, actor=actor)
    version = directory.calendar_version()
    for case in cases:
        limit = waiting.kept(case)
        if limit.on is None or is_denied(case) or _lies_ahead(case, limit, version, today):
            continue
        _note(case, limit.on, limit.version, act_id=new_id(), actor=actor, at=at)
    return cases[-1].id if cases else None


def _lies_ahead(case: Case, limit: waiting.Kept, version: str, today: dt.date) -> bool:
    if limit.version == version:
        return False
    again = limits.count(case, version=version)
    return again.on is not None and today <= again.on


def _note(case: Case, due_on: dt.date, version: str, *, act_id: UUID, actor: Actor, at: dt.datetime) -> None:
    case.overdue_at = at
    case.save(update_fields=["overdue_at"])
    event = f"{case.state}-overdue"
    act.log(case, event, act_id=act_id, actor=actor, at=at)
    facts = {"due_on": due_on.isoformat(), "calendar": version}
    act.record(case, "casework.case.overdue", actor=actor, at=at, **facts)
    message_id = uuid5(case.id, f"{event} {waiting.since(case).isoformat()} {due_on.isoformat()}")
    tell(
        case,
        event,
        message_id=message_id,
        at=at,
        **both("due", date_texts(due_on)),
        **both("silent", directory.agency(silent_agency(case)).name),
    )
