"""Find the cases that wait beyond the limit of their state: recorded, counted, and said to their owners."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Final
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.models import Case
from panjereh.domain.casework.operations import act
from panjereh.domain.casework.queries import is_denied
from panjereh.domain.casework.rules import waiting
from panjereh.domain.casework.rules.states import CaseState
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor
from panjereh_kernel.working_calendar import WorkingCalendar

BATCH: Final = 100


@transaction.atomic(durable=True)
def note_overdue(
    *, after: UUID | None, new_id: Callable[[], UUID], actor: Actor, at: dt.datetime
) -> UUID | None:
    """Note the next waiting cases whose limit passed: for registers, for a decision, for the document.

    Takes at most `BATCH` candidates after the case `after`, in order of their ids, and returns the last of
    them, None when there are none left. The log of a case and the record get the last day and the calendar
    it was counted by. Where a register declined, the next step is the person's and no limit runs.

    Repeating it changes nothing; a case that somebody else holds is left for the next round. Raises
    `NotFound` for anybody but the platform itself, and `CalendarMissing`.
    """
    today = jalali.tehran_date(at)
    cases = access.lock_waiting_cases(due_before=today, after=after, limit=BATCH, actor=actor)

    @cache
    def calendar_of(owner: str) -> WorkingCalendar:
        return directory.working_calendar(None, on=today, agency_id=owner)

    for case in cases:
        _note(case, calendar_of, today=today, act_id=new_id, actor=actor, at=at)
    return cases[-1].id if cases else None


def _note(
    case: Case,
    calendar_of: Callable[[str], WorkingCalendar],
    *,
    today: dt.date,
    act_id: Callable[[], UUID],
    actor: Actor,
    at: dt.datetime,
) -> None:
    pack = catalogue.pack(case.service_id, case.pack_version)
    due_on, version = case.due_on, case.calendar_version
    if case.state != CaseState.SUBMITTED:
        limit = waiting.limit_of(case, pack.states, calendar_of(pack.owner))
        if limit is None:
            return
        due_on, version = limit.on, limit.calendar_version
    if due_on is None or today <= due_on or is_denied(case):
        return
    case.overdue_at = at
    case.save(update_fields=["overdue_at"])
    act.log(case, f"{case.state}-overdue", act_id=act_id(), actor=actor, at=at)
    facts = {"due_on": due_on.isoformat(), "calendar": version}
    act.record(case, "casework.case.overdue", actor=actor, at=at, **facts)
