"""Working days of a place: what a legal or promised limit is counted in.

A calendar is a version of a list of closings. Lunar holidays are announced year by year and closures come
suddenly, so a deadline says by which version it was counted and can be counted again.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_DAY: Final = dt.timedelta(days=1)
_WEEK: Final = frozenset(range(7))


class DayKind(StrEnum):
    """How a limit counts its days."""

    WORKING = "working"
    CALENDAR = "calendar"


class CalendarEndsError(LookupError):
    """The calendar does not know that day: counting on would silently take holidays for working days."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a limit and the version of the calendar it was counted by."""

    on: dt.date
    calendar_version: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Weekend and closings of one place.

    `weekend` holds `date.weekday()` numbers (Friday is 4), `closings` the other days off. Days outside
    `known_from`–`known_until` raise `CalendarEndsError`. Raises `ValueError` if no weekday is left.
    """

    version: str
    weekend: frozenset[int]
    closings: frozenset[dt.date]
    known_from: dt.date = dt.date.min
    known_until: dt.date = dt.date.max

    def __post_init__(self) -> None:
        if self.weekend >= _WEEK or not self.weekend <= _WEEK:
            raise ValueError("a weekend is a set of weekday numbers that leaves a day to work")

    def is_working(self, date: dt.date) -> bool:
        """Return whether offices work on that day."""
        if not self.known_from <= date <= self.known_until:
            raise CalendarEndsError(date)
        return date.weekday() not in self.weekend and date not in self.closings

    def add_working_days(self, start: dt.date, days: int) -> dt.date:
        """Return the `days`-th working day after `start`; `start` itself is not counted.

        Zero gives `start` if it is a working day, else the next one. Raises `ValueError` for fewer.
        """
        if days < 0:
            raise ValueError("a limit does not run backwards")
        date = start
        for _ in range(days):
            date = self._first_working(self._after(date))
        return self._first_working(date)

    def deadline(self, start: dt.date, *, days: int, kind: DayKind = DayKind.WORKING) -> Deadline:
        """Return the last day of a limit that starts on `start`; the day of the start is not counted.

        Calendar days count every day, and an end that falls on a day off moves on to the next working day
        (civil registration act, articles 15 note and 25).
        """
        if kind is DayKind.WORKING:
            return Deadline(self.add_working_days(start, days), self.version)
        return Deadline(self.add_working_days(start + days * _DAY, 0), self.version)

    def _first_working(self, date: dt.date) -> dt.date:
        while not self.is_working(date):
            date = self._after(date)
        return date

    def _after(self, date: dt.date) -> dt.date:
        if date >= self.known_until:
            raise CalendarEndsError(date)
        return date + _DAY
