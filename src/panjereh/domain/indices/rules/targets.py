"""A promise about a rank, and what the editions say of it: computed, never entered (R-117, R-118)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from panjereh.domain.indices.rules.climbing import Drift, Need, need_for_rank
from panjereh.domain.indices.rules.tables import EditionTable


class Progress(StrEnum):
    """What the last edition of the period says. `WAITING`: there is none yet."""

    WAITING = "waiting"
    MET = "met"
    ON_PATH = "on-path"
    BEHIND = "behind"
    MISSED = "missed"


class Colour(StrEnum):
    """The light. There is no operation that sets it."""

    NONE = "none"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class FixedBy(StrEnum):
    """Who fixed the thresholds: whoever gave the promise, or whoever runs this platform."""

    PROMISER = "promiser"
    OPERATOR = "operator"


class BadTarget(ValueError):  # noqa: N818 -- reads as what is wrong
    """The target is not usable: `missing`, `malformed`, `empty-period`, `no-such-rank` or `no-order`."""

    def __init__(self, code: str, where: str) -> None:
        super().__init__(f"{where}: {code}")
        self.code = code
        self.where = where


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Which share of the places due by an edition is green or amber, less is red."""

    green: float
    amber: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A promise to climb `places` from the rank of a baseline edition, between two days.

    `part` is the index itself (`egdi`) or a part of the table (`epi`). `thresholds_fixed_on` is the day on
    which `thresholds_by` fixed the thresholds, as they say; `taken_in_on` the day on which this installation
    took the target in, None before it did.
    """

    code: str
    index: str
    part: str
    iso3: str
    baseline_edition: str
    baseline_rank: int
    places: int
    begins_on: dt.date
    ends_on: dt.date
    thresholds: Thresholds
    thresholds_fixed_on: dt.date
    thresholds_by: FixedBy
    taken_in_on: dt.date | None = None

    @property
    def has_thresholds_in_time(self) -> bool:
        """Whether the thresholds stood before the period. Later ones soften nothing (R-118).

        The day on which they were fixed is a word in a file and can be dated back; an installation vouches
        for what it held before the period, and for nothing else.
        """
        return max(self.thresholds_fixed_on, self.taken_in_on or self.thresholds_fixed_on) < self.begins_on

    @property
    def rank(self) -> int:
        """The rank that was promised."""
        return self.baseline_rank - self.places

    def places_due(self, on: dt.date) -> float:
        """Return how many places the straight line from baseline to promise has climbed by a day."""
        share = (on - self.begins_on) / (self.ends_on - self.begins_on)
        return self.places * max(0.0, min(1.0, share))

    def path_rank(self, on: dt.date) -> float:
        """Return the rank of the path line on a day; level before and after the period."""
        return self.baseline_rank - self.places_due(on)


@dataclass(frozen=True, slots=True)
class Measured:
    """An edition beside the path line, on the day it counts for."""

    edition: str
    on: dt.date
    rank: int
    path_rank: float

    @property
    def places_behind(self) -> float:
        """How many places the rank is worse than the line; none where it is not."""
        return max(0.0, self.rank - self.path_rank)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the editions say. `latest` may lie after the period: it is shown, and judges nothing."""

    target: Target
    progress: Progress
    colour: Colour
    judged: Measured | None
    latest: Measured | None
    measured: tuple[Measured, ...]


def parse_target(raw: Mapping[str, Any]) -> Target:
    """Return the target in one entry of `data/indices/targets.json`; other keys are left alone.

    Raises `BadTarget`.
    """
    target = Target(
        code=str(_needed(raw, "code")),
        index=str(_needed(raw, "index")),
        part=str(_needed(raw, "part")),
        iso3=str(_needed(raw, "iso3")),
        baseline_edition=str(_needed(raw, "baseline_edition")),
        baseline_rank=_whole(raw, "baseline_rank"),
        places=_whole(raw, "places"),
        begins_on=_day(raw, "begins_on"),
        ends_on=_day(raw, "ends_on"),
        thresholds=_thresholds(_needed(raw, "thresholds")),
        thresholds_fixed_on=_day(raw, "thresholds_fixed_on"),
        thresholds_by=_fixed_by(raw),
    )
    if target.ends_on <= target.begins_on:
        raise BadTarget("empty-period", "ends_on")
    if not 1 <= target.rank < target.baseline_rank:
        raise BadTarget("no-such-rank", "places")
    return target


def verdict(target: Target, tables: Iterable[EditionTable], *, on: dt.date) -> Verdict:
    """Return what the editions of the target's index say on a day.

    Editions up to the baseline say nothing. The last one of the period judges: met, on the path line or
    behind it; a period that ends unmet is missed. Ranks are the published ones, else computed.
    """
    after = sorted(
        (each for each in tables if int(each.edition) > int(target.baseline_edition)),
        key=lambda each: int(each.edition),
    )
    measured = tuple(_measure(target, each) for each in after if target.iso3 in each.ranked)
    within = [each for each in measured if each.on <= target.ends_on]
    judged = within[-1] if within else None
    progress = _progress(target, judged, is_over=on > target.ends_on)
    return Verdict(
        target=target,
        progress=progress,
        colour=_colour(target, progress, judged),
        judged=judged,
        latest=measured[-1] if measured else None,
        measured=measured,
    )


def need_of(target: Target, table: EditionTable, *, drift: Drift = 0.0) -> Need:
    """Return the value that the promised rank costs in an edition, or after the others rise by `drift`."""
    return need_for_rank(table, target.iso3, rank=target.rank, part=target.part, drift=drift)


def day_of(edition: str) -> dt.date:
    """Return the day an edition counts for: the middle of its year, for it measures a year and has no day."""
    return dt.date(int(edition), 7, 1)


def rank_in(table: EditionTable, iso3: str, part: str) -> int:
    """Return the published rank of the index where there is one, else the rank computed from the values."""
    published = table.row(iso3).published_rank
    if part == table.method.index and published is not None:
        return published
    return table.rank(iso3, part)


def _measure(target: Target, table: EditionTable) -> Measured:
    on = day_of(table.edition)
    rank = rank_in(table, target.iso3, target.part)
    return Measured(table.edition, on, rank, target.path_rank(on))


def _progress(target: Target, judged: Measured | None, *, is_over: bool) -> Progress:
    if judged is not None and judged.rank <= target.rank:
        return Progress.MET
    if is_over:
        return Progress.MISSED
    if judged is None:
        return Progress.WAITING
    return Progress.BEHIND if judged.places_behind else Progress.ON_PATH


def _colour(target: Target, progress: Progress, judged: Measured | None) -> Colour:
    if progress in (Progress.MET, Progress.ON_PATH):
        return Colour.GREEN
    if progress is Progress.MISSED:
        return Colour.RED
    if judged is None:
        return Colour.NONE
    # A threshold that somebody chose with the ranks before them would be a way to paint red green.
    if not target.has_thresholds_in_time:
        return Colour.RED
    climbed, due = target.baseline_rank - judged.rank, target.places_due(judged.on)
    if climbed >= target.thresholds.green * due:
        return Colour.GREEN
    return Colour.AMBER if climbed >= target.thresholds.amber * due else Colour.RED


def _needed(raw: Mapping[str, Any], name: str) -> Any:
    if raw.get(name) in (None, ""):
        raise BadTarget("missing", name)
    return raw[name]


def _whole(raw: Mapping[str, Any], name: str) -> int:
    number = _needed(raw, name)
    if not isinstance(number, int):
        raise BadTarget("malformed", name)
    return number


def _day(raw: Mapping[str, Any], name: str) -> dt.date:
    told = str(_needed(raw, name))
    try:
        return dt.date.fromisoformat(told)
    except ValueError as error:
        raise BadTarget("malformed", name) from error


def _fixed_by(raw: Mapping[str, Any]) -> FixedBy:
    told = _needed(raw, "thresholds_by")
    if told not in tuple(FixedBy):
        raise BadTarget("malformed", "thresholds_by")
    return FixedBy(told)


def _thresholds(raw: Mapping[str, Any]) -> Thresholds:
    try:
        found = Thresholds(green=float(raw["green"]), amber=float(raw["amber"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BadTarget("malformed", "thresholds") from error
    if not 0 < found.amber < found.green <= 1:
        raise BadTarget("no-order", "thresholds")
    return found
