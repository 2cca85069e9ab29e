"""Working days of a place: what a legal or promised limit is counted in.

A calendar is a version of a list of closings. Lunar holidays are announced year by year and closures come
suddenly, so a deadline says by which version it was counted and can be counted again (`deadlines`).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from panjereh_kernel import deadlines
from panjereh_kernel.deadlines import CalendarEndsError, DayKind, Deadline, Limit

__all__ = ["CalendarEndsError", "DayKind", "Deadline", "Limit", "WeekRule", "WorkingCalendar"]

_WEEK: Final = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class WeekRule:
    """The weekly rest from a day on, until the next rule: a law that changes it is one more rule.

    `rest` and `half_days` hold `date.weekday()` numbers (Thursday is 3, Friday 4, Saturday 5). On a half day
    offices work, for shorter: a limit counts it. Raises `ValueError` for a strange day, for a week without
    work and for a day that is both.
    """

    valid_from: dt.date
    rest: frozenset[int]
    half_days: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.rest >= _WEEK or not self.rest | self.half_days <= _WEEK or self.rest & self.half_days:
            raise ValueError("a weekend is a set of weekday numbers that leaves a day to work")


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Weekly rest and closings of one place, as one version knows them.

    `weekend` holds the weekday numbers of rest (Friday is 4) until the first of `later_weeks` begins,
    `closings` the other days off. Days outside `known_from`–`known_until` raise `CalendarEndsError`. Raises
    `ValueError` if no weekday is left.
    """

    version: str
    weekend: frozenset[int]
    closings: frozenset[dt.date]
    known_from: dt.date = dt.date.min
    known_until: dt.date = dt.date.max
    half_days: frozenset[int] = frozenset()
    later_weeks: tuple[WeekRule, ...] = ()

    def __post_init__(self) -> None:
        starts = [rule.valid_from for rule in self._weeks()]
        if starts != sorted(set(starts)):
            raise ValueError("rules of the week follow one another")

    def week_on(self, date: dt.date) -> WeekRule:
        """Return the rule of the week that holds on a day."""
        return next(rule for rule in reversed(self._weeks()) if rule.valid_from <= date)

    def is_working(self, date: dt.date) -> bool:
        """Return whether offices work on that day, if only half of it. Raises `CalendarEndsError`."""
        self._need_known(date)
        # Asked for every day of every limit: the base rule is not built for it.
        later = (rule.rest for rule in reversed(self.later_weeks) if rule.valid_from <= date)
        return date.weekday() not in next(later, self.weekend) and date not in self.closings

    def is_half_day(self, date: dt.date) -> bool:
        """Return whether offices work that day and close early. Raises `CalendarEndsError`."""
        return self.is_working(date) and date.weekday() in self.week_on(date).half_days

    def add_working_days(self, start: dt.date, days: int) -> dt.date:
        """Return the `days`-th working day after `start`; `start` itself is not counted.

        Zero gives `start` if it is a working day, else the next one. Raises `ValueError` for fewer,
        `CalendarEndsError`.
        """
        return deadlines.last_day(self, start, Limit(days))

    def working_days_between(self, after: dt.date, until: dt.date) -> int:
        """Return how many days offices work after one day up to another, that one included.

        Nothing if the second is not later. Raises `CalendarEndsError`.
        """
        days = range(after.toordinal() + 1, until.toordinal() + 1)
        return sum(self.is_working(dt.date.fromordinal(day)) for day in days)

    def deadline(self, start: dt.date, *, days: int, kind: DayKind = DayKind.WORKING) -> Deadline:
        """Return the last day of a limit that starts on `start`, by the general rules of `Limit`."""
        return deadlines.count(self, start, Limit(days, kind))

    def _weeks(self) -> tuple[WeekRule, ...]:
        return (WeekRule(dt.date.min, self.weekend, self.half_days), *self.later_weeks)

    def _need_known(self, date: dt.date) -> None:
        if not self.known_from <= date <= self.known_until:
            raise CalendarEndsError(date)
