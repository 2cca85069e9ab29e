"""Count running limits again when the calendar changed: a recorded decision for each of them."""

import datetime as dt
from collections.abc import Callable
from functools import cache, partial
from typing import Final
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.models import Case, DeadlineRecount
from panjereh.domain.casework.operations import act
from panjereh.domain.casework.operations.tell import tell
from panjereh.domain.casework.rules.recounting import told_days
from panjereh.domain.casework.rules.texts import both
from panjereh.domain.casework.words import date_texts
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh_kernel import deadlines, jalali
from panjereh_kernel.actor import Actor
from panjereh_kernel.deadlines import CalendarEndsError, Deadline, DeadlineChange, Limit, Shift
from panjereh_kernel.working_calendar import WorkingCalendar

BATCH: Final = 100
DEADLINE_MOVED: Final = "deadline-moved"

Calendars = Callable[[dt.date, str], WorkingCalendar]


@transaction.atomic(durable=True)
def recount_deadlines(
    *, after: UUID | None, new_id: Callable[[], UUID], actor: Actor, at: dt.datetime
) -> UUID | None:
    """Count the next limits again that run by another calendar than the current one.

    Takes at most `BATCH` cases after the case `after`, in order of their ids, and returns the last of them,
    None when there are none left. Of each it records the old and the new last day, both versions and the days
    that differ. Where the last day moved, the log, the audit record and the person are told; an end that
    comes earlier moves as well, as the limit binds the agency and not the person. Only cases that wait for a
    decision are touched, and a case that somebody else holds is left for the next round.

    Repeating it changes nothing, and one that was stopped goes on where it was: a case that was counted is no
    longer found. A limit that ends beyond what the calendar knows stays with the calendar it has.
    Raises `NotFound` for anybody but the platform itself, and `CalendarMissing`.
    """
    version = directory.calendar_version()
    cases = access.lock_running_cases(other_than=version, after=after, limit=BATCH, actor=actor)

    @cache
    def calendar_of(owner: str, start: dt.date, version: str) -> WorkingCalendar:
        return directory.working_calendar(None, on=start, version=version, agency_id=owner)

    for case in cases:
        pack = catalogue.pack(case.service_id, case.pack_version)
        of_owner = partial(calendar_of, pack.owner)
        change = _count_again(case, pack.promise, version, of_owner)
        if change is not None:
            _decide(case, change, of_owner, new_id=new_id, actor=actor, at=at)
    return cases[-1].id if cases else None


def _count_again(
    case: Case, promise: catalogue.Clock | None, version: str, calendar_of: Calendars
) -> DeadlineChange | None:
    if promise is None or case.submitted_at is None or case.due_on is None:
        return None  # the constraints of the case and the linter allow neither
    start = jalali.tehran_date(case.submitted_at)
    before = Deadline(case.due_on, case.calendar_version, start, Limit(promise.days, promise.kind))
    try:
        return deadlines.recompute(before, calendar_of(start, version))
    except CalendarEndsError:
        return None


def _decide(
    case: Case,
    change: DeadlineChange,
    calendar_of: Calendars,
    *,
    new_id: Callable[[], UUID],
    actor: Actor,
    at: dt.datetime,
) -> None:
    start, before, after = change.before.starts_on, change.before, change.after
    versions = (calendar_of(start, before.calendar_version), calendar_of(start, after.calendar_version))
    DeadlineRecount.objects.create(
        id=new_id(),
        case_id=case.id,
        old_due_on=before.on,
        new_due_on=after.on,
        old_version=before.calendar_version,
        new_version=after.calendar_version,
        days=told_days(change, directory.changed_days(*versions)),
        decided_at=at,
    )
    case.due_on, case.calendar_version = after.on, after.calendar_version
    case.save(update_fields=["due_on", "calendar_version"])
    if change.shift is not Shift.SAME:
        act.log(case, DEADLINE_MOVED, act_id=new_id(), actor=actor, at=at)
        act.record(case, "casework.case.deadline_moved", actor=actor, at=at)
        dates = {**both("old", date_texts(before.on)), **both("new", date_texts(after.on))}
        tell(case, DEADLINE_MOVED, message_id=new_id(), at=at, **dates)
