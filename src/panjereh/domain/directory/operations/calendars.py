"""Calendars in the database: kept as versions, read back as sources."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from django.db import connection

from panjereh.domain.directory.events import CalendarChanged
from panjereh.domain.directory.models import Calendar, CalendarAdoption, Closing, Decree, WeeklyRest
from panjereh.domain.directory.rules.calendar_files import NamedClosing, source_of
from panjereh.plumbing.outbox import emit
from panjereh_kernel.calendar_sources import ClosingKind, Scope, ScopedWeek
from panjereh_kernel.refusal import NotFound
from panjereh_kernel.working_calendar import WeekRule

# One change of the reference data at a time: two imports would each find the other's rows missing, and two
# decrees would each make a calendar without the other's day. The number is ours alone.
LOCK: Final = 4_072_026_002


class CalendarMissing(NotFound):
    """No calendar was imported yet, or none of that version: no limit can be counted."""

    code = "calendar-missing"


def lock_calendars() -> None:
    """Hold off other imports and decrees until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def need_calendar(version: str | None = None) -> Calendar:
    """Return the current calendar, or one of a version. Raises `CalendarMissing`."""
    found = current_calendar() if version is None else Calendar.objects.filter(version=version).first()
    if found is None:
        raise CalendarMissing
    return found


def current_calendar() -> Calendar | None:
    """Return the calendar new limits are counted by, None before the first import."""
    adoption = CalendarAdoption.objects.select_related("calendar").order_by("-id").first()
    return None if adoption is None else adoption.calendar


def keep_calendar(closings: Iterable[NamedClosing], weeks: Iterable[ScopedWeek], *, at: dt.datetime) -> str:
    """Keep the version these days make and count by it from now on. Returns the version.

    A version that was kept before is taken up again, not written twice.
    """
    closings, weeks = tuple(closings), tuple(weeks)
    source = source_of(closings, weeks)
    current = current_calendar()
    if current is not None and current.version == source.version:
        return source.version
    calendar, is_new = Calendar.objects.get_or_create(
        version=source.version,
        defaults={"known_from": source.known_from, "known_until": source.known_until, "imported_at": at},
    )
    if is_new:
        _fill(calendar, closings, weeks)
    CalendarAdoption.objects.create(calendar=calendar, adopted_at=at)
    if current is not None:
        emit(CalendarChanged(source.version), at=at)
    return source.version


def decreed_closings() -> tuple[NamedClosing, ...]:
    """Return every closing that was decreed for a day."""
    return tuple(
        NamedClosing(
            on=row.on,
            name_fa=row.name_fa,
            name_en=row.name_en,
            is_estimated=False,
            kind=ClosingKind.EMERGENCY,
            scope=Scope(row.province_code, row.agency_code),
            decided_by=row.decided_by,
        )
        for row in Decree.objects.order_by("on", "id")
    )


def closings_of(calendar: Calendar) -> tuple[NamedClosing, ...]:
    """Return the days off of one version."""
    return tuple(
        NamedClosing(
            on=row.on,
            name_fa=row.name_fa,
            name_en=row.name_en,
            is_estimated=row.is_estimated,
            kind=ClosingKind(row.kind),
            scope=Scope(row.province_code, row.agency_code),
            decided_by=row.decided_by,
        )
        for row in Closing.objects.filter(calendar=calendar).order_by("on", "id")
    )


def weeks_of(calendar: Calendar) -> tuple[ScopedWeek, ...]:
    """Return the rules of the week of one version."""
    rests: dict[tuple[Scope, dt.date], set[int]] = defaultdict(set)
    for row in WeeklyRest.objects.filter(calendar=calendar).order_by("valid_from", "id"):
        rests[(Scope(row.province_code, row.agency_code), row.valid_from)].add(row.weekday)
    return tuple(
        ScopedWeek(WeekRule(begins, frozenset(days)), scope) for (scope, begins), days in rests.items()
    )


def _fill(calendar: Calendar, closings: Iterable[NamedClosing], weeks: Iterable[ScopedWeek]) -> None:
    Closing.objects.bulk_create(
        Closing(
            calendar=calendar,
            on=each.on,
            name_fa=each.name_fa,
            name_en=each.name_en,
            is_estimated=each.is_estimated,
            kind=each.kind.value,
            province_code=each.scope.province_code,
            agency_code=each.scope.body_id,
            decided_by=each.decided_by,
        )
        for each in closings
    )
    WeeklyRest.objects.bulk_create(
        WeeklyRest(
            calendar=calendar,
            province_code=week.scope.province_code,
            agency_code=week.scope.body_id,
            weekday=weekday,
            valid_from=week.rule.valid_from,
        )
        for week in weeks
        for weekday in sorted(week.rule.rest)
    )
