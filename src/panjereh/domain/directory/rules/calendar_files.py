"""From holidays and weekly rest to one version of the calendar."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from panjereh.domain.directory.rules.comparing import FieldChange
from panjereh.domain.directory.rules.tables import DataFault, Line, read_lines
from panjereh_kernel.calendar_sources import CalendarSource, Closing, ClosingKind, Scope, ScopedWeek
from panjereh_kernel.working_calendar import WeekRule

HOLIDAYS: Final = "holidays.csv"
WEEKLY_REST: Final = "weekly_rest.csv"

_Said = TypeVar("_Said", "NamedClosing", ScopedWeek)


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


def compare_calendars(before: CalendarFiles, after: CalendarFiles) -> tuple[FieldChange, ...]:
    """Return the days off and the weeks that one of two calendars has and the other has not, in order."""
    old, new = _sayings(before), _sayings(after)
    return tuple(
        FieldChange(since, place, old.get((since, place), ""), new.get((since, place), ""))
        for since, place in sorted({key for key, _ in old.items() ^ new.items()})
    )


def _sayings(files: CalendarFiles) -> dict[tuple[str, str], str]:
    """Return day and place → what is said of it, of weeks the first day on which they hold."""
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in files.closings:
        said[str(each.on), _place(each.scope)].append(each.name_en + " (computed)" * each.is_estimated)
    for week in files.weeks:
        rest = " ".join(map(str, sorted(week.rule.rest)))
        said[str(week.rule.valid_from), f"weekly rest {_place(week.scope)}"].append(rest)
    return {key: "; ".join(sorted(texts)) for key, texts in said.items()}


def _place(scope: Scope) -> str:
    return " ".join(filter(None, (scope.province_code, scope.body_id))) or "everywhere"


def read_calendar(
    contents: Mapping[str, bytes], faults: list[DataFault], *, places: frozenset[str]
) -> CalendarFiles:
    """Return closings and weeks; what is wrong with a line goes to `faults`.

    `places` are the codes of provinces and agencies that a line may name.
    """
    closings: dict[object, NamedClosing] = {}
    for line in read_lines(HOLIDAYS, contents[HOLIDAYS], faults):
        if (closing := _closing(line, places)) is not None:
            _keep_once(closings, (closing.on, closing.name_en, closing.scope), closing, line)
    weeks: dict[object, ScopedWeek] = {}
    for line in read_lines(WEEKLY_REST, contents[WEEKLY_REST], faults):
        if (week := _week(line, places)) is not None:
            _keep_once(weeks, (week.scope, week.rule.valid_from), week, line)
    return CalendarFiles(tuple(closings.values()), tuple(weeks.values()))


def _keep_once(kept: dict[object, _Said], key: object, said: _Said, line: Line) -> None:
    if key in kept:
        line.fault("stands there twice for the same day and place")
    kept[key] = said


def source_of(closings: Iterable[NamedClosing], weeks: Iterable[ScopedWeek]) -> CalendarSource:
    """Return the source of the calendars of all places, known for the solar years the yearly list covers.

    What follows the last listed day is not known to be free of holidays.
    """
    known = tuple(closings)
    listed = [each.on for each in known if each.kind is ClosingKind.HOLIDAY]
    said = frozenset(each.said for each in known)
    return CalendarSource(said, frozenset(weeks), min(listed), max(listed))


def _scope(line: Line, places: frozenset[str]) -> Scope:
    scope = Scope(line.optional("province_code"), line.optional("agency_id"))
    for place in {scope.province_code, scope.body_id} - places - {""}:
        line.fault(f"there is no province and no agency {place}")
    return scope


def _closing(line: Line, places: frozenset[str]) -> NamedClosing | None:
    scope = _scope(line, places)
    on = line.date("gregorian")
    line.solar("jalali", same_as=on)
    fa, en, source = line.text("name_fa"), line.text("name_en"), line.text("source")
    is_estimated = line.one_of("estimated", ("0", "1")) == "1"
    if on is None:
        line.fault("gregorian is no date")
        return None
    kind = ClosingKind.HOLIDAY if scope == Scope() else ClosingKind.LOCAL
    return NamedClosing(on, fa, en, is_estimated, kind, scope, source)


def _week(line: Line, places: frozenset[str]) -> ScopedWeek | None:
    days, begins = line.text("weekdays").split(), line.date("valid_from")
    if begins is None or not all(day in {"0", "1", "2", "3", "4", "5", "6"} for day in days):
        line.fault("a rest is weekday numbers from 0, Monday, to 6, and the day they begin to rest")
        return None
    rule = WeekRule(begins, frozenset(map(int, days)))
    return ScopedWeek(rule, _scope(line, places))
