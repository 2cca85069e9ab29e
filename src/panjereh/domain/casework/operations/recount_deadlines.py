"""Count running limits again when the calendar changed: a recorded decision for each of them."""

import datetime as dt
from collections.abc import Callable
from functools import cache, partial
from typing import Final
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.models import Case, DeadlineRecount
from panjereh.domain.casework.operations import act, limits
from panjereh.domain.casework.operations.tell import tell
from panjereh.domain.casework.queries import is_denied
from panjereh.domain.casework.rules import waiting
from panjereh.domain.casework.rules.recounting import told_days
from panjereh.domain.casework.rules.states import CaseState
from panjereh.domain.casework.rules.texts import both
from panjereh.domain.casework.words import date_texts
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh_kernel import deadlines, jalali
from panjereh_kernel.actor import Actor
from panjereh_kernel.deadlines import CalendarEndsError, DeadlineChange, Shift
from panjereh_kernel.working_calendar import WorkingCalendar

BATCH: Final = 100
DEADLINE_MOVED: Final = "deadline-moved"
LIMIT_MOVED: Final = "limit-moved"

Calendars = Callable[[dt.date, str], WorkingCalendar]


@transaction.atomic(durable=True)
def recount_deadlines(
    *, after: UUID | None, new_id: Callable[[], UUID], actor: Actor, at: dt.datetime
) -> UUID | None:
    """Count the next limits again that run by another calendar than the current one.

    Takes at most `BATCH` waiting cases after the case `after`, in order of their ids, and returns the last of
    them, None when there are none left. Of each it records the old and the new last day, both versions and
    the days that differ. Where the last day moved, the log, the audit record and the person are told; an end
    that comes earlier moves as well, as the limit binds the agency and not the person. A limit that was found
    to have passed and now lies ahead has not passed. What no calendar could count yet is counted without a
    word; a case that somebody else holds is left for the next round, and where a register declined no limit
    runs.

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
        change = None if is_denied(case) else _count_again(case, pack, version, of_owner)
        if change is not None:
            _decide(case, pack, change, of_owner, new_id=new_id, actor=actor, at=at)
    return cases[-1].id if cases else None


def _count_again(
    case: Case, pack: catalogue.Pack, version: str, calendar_of: Calendars
) -> DeadlineChange | None:
    limit, start = waiting.limit_in(case, pack.states), waiting.start_of(case)
    if limit is None:
        return None  # the linter refuses a pack that waits for ever
    before = waiting.as_deadline(case, limit)
    if before is None:
        limits.keep(case, waiting.count(start, limit, calendar_of(start, version)))
        case.save(update_fields=limits.FIELDS)
        return None
    try:
        return deadlines.recompute(before, calendar_of(start, version))
    except CalendarEndsError:
        return None


def _decide(
    case: Case,
    pack: catalogue.Pack,
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
        state=case.state,
        old_due_on=before.on,
        new_due_on=after.on,
        old_version=before.calendar_version,
        new_version=after.calendar_version,
        days=told_days(change, directory.changed_days(*versions)),
        decided_at=at,
    )
    limits.keep(case, waiting.Kept(after.on, after.calendar_version))
    if jalali.tehran_date(at) <= after.on:
        case.overdue_at = None
    case.save(update_fields=limits.FIELDS)
    if change.shift is not Shift.SAME:
        act.log(case, DEADLINE_MOVED, act_id=new_id(), actor=actor, at=at)
        act.record(case, "casework.case.deadline_moved", actor=actor, at=at)
        _tell(case, pack, change, message_id=new_id(), at=at)


def _tell(
    case: Case, pack: catalogue.Pack, change: DeadlineChange, *, message_id: UUID, at: dt.datetime
) -> None:
    dates = {**both("old", date_texts(change.before.on)), **both("new", date_texts(change.after.on))}
    if case.state == CaseState.SUBMITTED:
        tell(case, DEADLINE_MOVED, message_id=message_id, at=at, **dates)
    else:
        label = next(state.label for state in pack.states if state.id == case.state)
        tell(case, LIMIT_MOVED, message_id=message_id, at=at, **dates, **both("step", label))
