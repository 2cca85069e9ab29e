"""From holidays and weekly rest to one version of the calendar."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from panjereh.domain.directory.rules.tables import DataFault, Line, read_lines
from panjereh_kernel.calendar_sources import CalendarSource, Closing, ClosingKind, Scope, ScopedWeek
from panjereh_kernel.working_calendar import WeekRule

HOLIDAYS: Final = "holidays.csv"
WEEKLY_REST: Final = "weekly_rest.csv"


@dataclass(frozen=True, slots=True)
class NamedClosing:
    """A day off with its names; estimated while its lunar date is computed and not announced."""

    on: dt.date
    name_fa: str
    name_en: str
    is_estimated: bool
    kind: ClosingKind
    scope: Scope
    decided_by: str

    @property
    def said(self) -> Closing:
        """The closing as the calendar counts it: its version tells a computed day from an announced one."""
        certainty = "computed" if self.is_estimated else "known"
        about = f"{self.name_en} / {self.name_fa} / {self.decided_by} / {certainty}"
        return Closing(self.on, self.kind, about, self.scope)


@dataclass(frozen=True, slots=True)
class CalendarFiles:
    """What the files say of days off and of the weeks."""

    closings: tuple[NamedClosing, ...]
    weeks: tuple[ScopedWeek, ...]


def read_calendar(contents: Mapping[str, bytes], faults: list[DataFault]) -> CalendarFiles:
    """Return closings and weeks; what is wrong with a line goes to `faults`."""
    closings = [_closing(line) for line in read_lines(HOLIDAYS, contents[HOLIDAYS], faults)]
    weeks = [_week(line) for line in read_lines(WEEKLY_REST, contents[WEEKLY_REST], faults)]
    return CalendarFiles(
        tuple(each for each in closings if each is not None),
        tuple(each for each in weeks if each is not None),
    )


def source_of(closings: Iterable[NamedClosing], weeks: Iterable[ScopedWeek]) -> CalendarSource:
    """Return the source of the calendars of all places, known for the solar years the yearly list covers.

    What follows the last listed day is not known to be free of holidays.
    """
    known = tuple(closings)
    listed = [each.on for each in known if each.kind is ClosingKind.HOLIDAY]
    said = frozenset(each.said for each in known)
    return CalendarSource(said, frozenset(weeks), min(listed), max(listed))


def _closing(line: Line) -> NamedClosing | None:
    scope = Scope(line.optional("province_code"), line.optional("agency_id"))
    on = line.date("gregorian")
    fa, en, source = line.text("name_fa"), line.text("name_en"), line.text("source")
    is_estimated = line.one_of("estimated", ("0", "1")) == "1"
    if on is None:
        line.fault("gregorian is no date")
        return None
    kind = ClosingKind.HOLIDAY if scope == Scope() else ClosingKind.LOCAL
    return NamedClosing(on, fa, en, is_estimated, kind, scope, source)


def _week(line: Line) -> ScopedWeek | None:
    days, begins = line.text("weekdays").split(), line.date("valid_from")
    if begins is None or not all(day in {"0", "1", "2", "3", "4", "5", "6"} for day in days):
        line.fault("a rest is weekday numbers from 0, Monday, to 6, and the day they begin to rest")
        return None
    rule = WeekRule(begins, frozenset(map(int, days)))
    return ScopedWeek(rule, Scope(line.optional("province_code")))
