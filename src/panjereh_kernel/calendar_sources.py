"""From what is decreed for the country, a province or a body to the calendar of one office.

A source holds everything that is known at one moment. Its version is a digest of what it says: two
sources that say the same have one version, whoever made them and in whichever order.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from panjereh_kernel.working_calendar import WeekRule, WorkingCalendar

_VERSION_LENGTH = 12


class ClosingKind(StrEnum):
    """Why offices are closed on a day that is no weekly rest."""

    HOLIDAY = "holiday"
    LOCAL = "local"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """Where a rule holds: everywhere, in a province, in a body, or in a body's offices in a province."""

    province_code: str = ""
    body_id: str = ""

    def covers(self, place: "Scope") -> bool:
        """Return whether an office of that place is meant."""
        return self.province_code in {"", place.province_code} and self.body_id in {"", place.body_id}

    @property
    def closeness(self) -> tuple[bool, bool]:
        """How close it speaks: a body's own rule before its province's, that before the country's."""
        return (bool(self.body_id), bool(self.province_code))


@dataclass(frozen=True, slots=True)
class Closing:
    """A day off and the decision behind it. An emergency (heat, pollution, energy) is decreed for one day.

    `decided_by` names the law, the yearly list or the decree.
    """

    on: dt.date
    kind: ClosingKind
    decided_by: str
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class ScopedWeek:
    """A rule of the week and where it holds."""

    rule: WeekRule
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """All closings and rules of the week known at one moment, for the days `known_from` to `known_until`.

    Raises `ValueError` if no rule of the week holds everywhere on the first day: a country has a weekly rest.
    """

    closings: frozenset[Closing]
    weeks: frozenset[ScopedWeek]
    known_from: dt.date
    known_until: dt.date

    def __post_init__(self) -> None:
        if not any(week.scope == Scope() and week.rule.valid_from <= self.known_from for week in self.weeks):
            raise ValueError("a weekly rest for the whole country is needed from the first day")

    @property
    def version(self) -> str:
        """The first 48 bits of the SHA-256 digest of what the source says, in hexadecimal."""
        said = [
            [str(self.known_from), str(self.known_until)],
            sorted(map(_closing_said, self.closings)),
            sorted(map(_week_said, self.weeks)),
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:_VERSION_LENGTH]

    def calendar(self, place: Scope = Scope()) -> WorkingCalendar:
        """Return the working calendar of the offices of a place.

        On each day the closest scope that has a rule by then speaks, and in it the newest rule.
        """
        here = [week for week in self.weeks if week.scope.covers(place)]
        first, *later = _rules_in_force(here, self.known_from)
        return WorkingCalendar(
            version=self.version,
            weekend=first.rest,
            half_days=first.half_days,
            closings=frozenset(closing.on for closing in self.closings if closing.scope.covers(place)),
            known_from=self.known_from,
            known_until=self.known_until,
            later_weeks=tuple(later),
        )

    def with_closings(self, closings: Iterable[Closing]) -> "CalendarSource":
        """Return a source that knows these closings too: a decree makes a new version beside the old one."""
        return replace(self, closings=self.closings | frozenset(closings))


def _rules_in_force(weeks: list[ScopedWeek], known_from: dt.date) -> list[WeekRule]:
    starts = {week.rule.valid_from for week in weeks if week.rule.valid_from > known_from}
    found: list[WeekRule] = []
    for start in [known_from, *sorted(starts)]:
        begun = [week for week in weeks if week.rule.valid_from <= start]
        rule = max(begun, key=lambda week: (week.scope.closeness, week.rule.valid_from)).rule
        found.append(replace(rule, valid_from=start))
    return found


def _closing_said(closing: Closing) -> list[str]:
    scope = closing.scope
    return [str(closing.on), closing.kind, scope.province_code, scope.body_id, closing.decided_by]


def _week_said(week: ScopedWeek) -> list[str]:
    rule, scope = week.rule, week.scope
    days = (str(sorted(rule.rest)), str(sorted(rule.half_days)))
    return [str(rule.valid_from), *days, scope.province_code, scope.body_id]
