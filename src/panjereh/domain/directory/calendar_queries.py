"""Reading calendars: the one new limits are counted by, or the one an old limit was."""

import datetime as dt
from dataclasses import dataclass, replace

from panjereh.domain.directory.operations import calendars
from panjereh.domain.directory.queries import province
from panjereh.domain.directory.rules.calendar_files import source_of
from panjereh.plumbing.memory import kept
from panjereh_kernel.calendar_sources import Scope
from panjereh_kernel.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A day off that two versions of the calendar do not share; `is_closed` in the newer one."""

    on: dt.date
    is_closed: bool


@kept
def working_calendar(
    province_code: str | None, *, on: dt.date, version: str | None = None, agency_id: str = ""
) -> WorkingCalendar:
    """Return the calendar of offices in a province, or of an agency's offices there, as known on a day.

    Without a version the current one, with one the calendar a limit was once counted by. Without a province,
    the rest days that hold everywhere. Raises `ProvinceUnknown` and `CalendarMissing`.
    """
    if province_code is not None:
        province(province_code, on=on)
    calendar = calendars.need_calendar(version)
    source = source_of(calendars.closings_of(calendar), calendars.weeks_of(calendar))
    found = source.calendar(Scope(province_code or "", agency_id))
    return replace(
        found, version=calendar.version, known_from=calendar.known_from, known_until=calendar.known_until
    )


def calendar_version() -> str:
    """Return the version new limits are counted by. Raises `CalendarMissing`."""
    return calendars.need_calendar().version


def changed_days(before: WorkingCalendar, after: WorkingCalendar) -> tuple[ChangedDay, ...]:
    """Return the days that only one of two calendars knows as days off, in order."""
    gone = (ChangedDay(day, is_closed=False) for day in before.closings - after.closings)
    new = (ChangedDay(day, is_closed=True) for day in after.closings - before.closings)
    return tuple(sorted([*gone, *new], key=lambda each: each.on))
