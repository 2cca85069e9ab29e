"""Deadlines: a start, a limit and a calendar give a last day, and a new calendar gives a typed difference.

Everything that went into a deadline stays in it, so that a closing that is decreed later, or a holiday that
moves by a day, can be counted in again without asking anybody what the first count had been.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

_DAY: Final = dt.timedelta(days=1)


class CalendarEndsError(LookupError):
    """The calendar does not know that day: counting on would silently take holidays for working days."""


class DayKind(StrEnum):
    """Which days a limit counts."""

    WORKING = "working"
    CALENDAR = "calendar"


class EdgeDay(StrEnum):
    """Whether the day a limit starts on, or the day of the act it ends with, is one of its days."""

    NOT_COUNTED = "not-counted"
    COUNTED = "counted"


class ClosedEnd(StrEnum):
    """What happens to an end on a day off: by the general rule it moves on to the next working day."""

    MOVES_FORWARD = "moves-forward"
    STAYS = "stays"


class Calendar(Protocol):
    """What counting asks of a calendar."""

    @property
    def version(self) -> str:
        """The name of this version."""

    def is_working(self, date: dt.date) -> bool:
        """Return whether offices work on that day. Raises `CalendarEndsError`."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long somebody has, in the words of the law that sets it.

    The defaults are the general rule: the day of filing or notice is not counted
    (law: civil-procedure-act-1379#445) and an end on a day off moves to the next working day
    (law: civil-procedure-act-1379#444, civil-registration-act-1355#15, civil-registration-act-1355#25).
    Limits of civil procedure leave out the day of the act as well: `day_of_act`. A month in a law is thirty
    days, a week seven (law: civil-procedure-act-1379#443). Raises `ValueError` for fewer than zero days.
    """

    days: int
    kind: DayKind = DayKind.WORKING
    first_day: EdgeDay = EdgeDay.NOT_COUNTED
    day_of_act: EdgeDay = EdgeDay.COUNTED
    closed_end: ClosedEnd = ClosedEnd.MOVES_FORWARD

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError("a limit does not run backwards")

    @property
    def counted_days(self) -> int:
        """How many days are counted up to the last one on which the act is in time."""
        return self.days + (self.day_of_act is EdgeDay.NOT_COUNTED)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a limit does not run: from `stopped_on` on, and again running on `resumed_on`.

    Raises `ValueError` for a pause that ends before it begins.
    """

    stopped_on: dt.date
    resumed_on: dt.date

    def __post_init__(self) -> None:
        if self.resumed_on < self.stopped_on:
            raise ValueError("a pause does not end before it begins")

    def holds(self, date: dt.date) -> bool:
        """Return whether the limit stands still on that day."""
        return self.stopped_on <= date < self.resumed_on


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a limit, the version of the calendar that counted it, and what it was counted from."""

    on: dt.date
    calendar_version: str
    starts_on: dt.date
    limit: Limit
    pauses: tuple[Pause, ...] = ()


class Shift(StrEnum):
    """What a new calendar or a new pause did to a deadline."""

    SAME = "same"
    LATER = "later"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """One deadline counted twice. An `EARLIER` end takes days from somebody: it moves only by a decision."""

    before: Deadline
    after: Deadline

    @property
    def shift(self) -> Shift:
        """Which way the last day went."""
        if self.after.on == self.before.on:
            return Shift.SAME
        return Shift.LATER if self.after.on > self.before.on else Shift.EARLIER

    @property
    def days(self) -> int:
        """By how many calendar days, negative if earlier."""
        return (self.after.on - self.before.on).days

    @property
    def is_other_version(self) -> bool:
        """Whether another calendar counted it, also where the last day is the same."""
        return self.after.calendar_version != self.before.calendar_version


def count(
    calendar: Calendar, starts_on: dt.date, limit: Limit, *, pauses: tuple[Pause, ...] = ()
) -> Deadline:
    """Return the deadline of a limit that starts on a day. Raises `CalendarEndsError`."""
    on = last_day(calendar, starts_on, limit, pauses=pauses)
    return Deadline(on, calendar.version, starts_on, limit, pauses)


def last_day(
    calendar: Calendar, starts_on: dt.date, limit: Limit, *, pauses: tuple[Pause, ...] = ()
) -> dt.date:
    """Return the day on which the count of `limit` is complete, moved on from a day off if the limit says so.

    A day counts if the limit counts its kind and no pause holds it; pauses that overlap hold a day once.
    A limit of no days ends where it starts. Raises `CalendarEndsError`.
    """
    day, left = starts_on, limit.counted_days
    if left and limit.first_day is EdgeDay.COUNTED:
        day -= _DAY
    while left:
        day = _next(day)
        left -= _counts(calendar, day, limit.kind, pauses)
    if limit.closed_end is ClosedEnd.STAYS:
        return day
    while not calendar.is_working(day) or any(pause.holds(day) for pause in pauses):
        day = _next(day)
    return day


def recompute(deadline: Deadline, calendar: Calendar) -> DeadlineChange:
    """Count a deadline again by another version of the calendar. Raises `CalendarEndsError`."""
    again = count(calendar, deadline.starts_on, deadline.limit, pauses=deadline.pauses)
    return DeadlineChange(deadline, again)


def with_pause(deadline: Deadline, pause: Pause, calendar: Calendar) -> DeadlineChange:
    """Count a deadline again with one more pause. Raises `CalendarEndsError`."""
    again = count(calendar, deadline.starts_on, deadline.limit, pauses=(*deadline.pauses, pause))
    return DeadlineChange(deadline, again)


def days_left(deadline: Deadline, calendar: Calendar, *, on: dt.date) -> int:
    """Return how many days of the limit's kind are still to come after `on`, the last one included.

    Days of a pause are not among them. Raises `CalendarEndsError`.
    """
    days = range(on.toordinal() + 1, deadline.on.toordinal() + 1)
    return sum(
        _counts(calendar, dt.date.fromordinal(day), deadline.limit.kind, deadline.pauses) for day in days
    )


def _counts(calendar: Calendar, day: dt.date, kind: DayKind, pauses: tuple[Pause, ...]) -> bool:
    if any(pause.holds(day) for pause in pauses):
        return False
    return kind is DayKind.CALENDAR or calendar.is_working(day)


def _next(day: dt.date) -> dt.date:
    if day == dt.date.max:
        raise CalendarEndsError(day)
    return day + _DAY
