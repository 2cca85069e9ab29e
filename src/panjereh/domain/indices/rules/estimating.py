"""A part estimated from raw indicators: a least-squares fit of what was published on what is public.

For no edition are all raw values of all states public, so no published part can be taken apart exactly
(`composing.change_raw`). A fit over the states says how much higher the published part stands where an
indicator stands one unit higher. It is an association and no law: what a state changes may be worth less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import fsum, isfinite, sqrt
from typing import Final

from panjereh.domain.indices.rules.editions import EditionMethod, Indicator
from panjereh.domain.indices.rules.tables import EditionTable
from panjereh.domain.indices.rules.what_if import ImpossibleChange, Tried, try_changes

SERIES: Final[Mapping[str, str]] = {
    "internet_users": "internet_users_pct",
    "mobile": "mobile_subs_per100",
    "fixed_broadband": "fixed_broadband_per100",
    "literacy": "adult_literacy_pct",
    "expected_schooling": "expected_years_schooling",
    "mean_schooling": "mean_years_schooling",
}
"""The public series of an indicator, by the name a method has for it."""

HIGHEST: Final[Mapping[str, float]] = {
    "internet_users": 100,
    "mobile": 500,
    "fixed_broadband": 100,
    "literacy": 100,
    "expected_schooling": 25,
    "mean_schooling": 25,
}
"""What an indicator cannot pass: percent, subscriptions per 100 people, years."""

YEARS_BEFORE: Final = 2
"""An edition counts what was known of the year two before it."""
WEAK_BELOW: Final = 0.9
"""A fit that explains less of what was published is not used."""
_FLAT: Final = 1e-9


class NoEstimate(StrEnum):
    """Why a part of a state cannot be estimated."""

    NO_SERIES = "no-series"
    WEAK = "weak"
    NO_VALUE = "no-value"


@dataclass(frozen=True, slots=True)
class Fit:
    """A part as a weighted sum of indicators, over the states that have all of them.

    `spread` is the residual standard error, in units of the part; `r_squared` the share of its variance that
    the fit explains.
    """

    intercept: float
    coefficients: Mapping[str, float]
    states: int
    r_squared: float
    spread: float

    @property
    def is_weak(self) -> bool:
        """Whether it explains too little to be used."""
        return self.r_squared < WEAK_BELOW


@dataclass(frozen=True, slots=True)
class Known:
    """The latest public value of an indicator that an edition could have counted."""

    value: float
    year: int


@dataclass(frozen=True, slots=True)
class RawPart:
    """A part of an edition with what is public of its indicators.

    `indicators` have a public series and `missing` have none; `known` is by state and indicator. `fit` is
    None where no series is public, or too few states have them all.
    """

    part: str
    indicators: tuple[Indicator, ...]
    missing: tuple[str, ...]
    known: Mapping[str, Mapping[str, Known]]
    fit: Fit | None

    def reason_against(self, iso3: str) -> NoEstimate | None:
        """Return why nothing can be estimated for a state, None where it can."""
        if self.fit is None:
            return NoEstimate.NO_SERIES
        if self.fit.is_weak:
            return NoEstimate.WEAK
        return None if len(self.known.get(iso3, {})) == len(self.indicators) else NoEstimate.NO_VALUE


@dataclass(frozen=True, slots=True)
class Estimate:
    """A part after a change of its raw indicators: the published value moved, a `spread` to each side."""

    part: str
    before: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ranged:
    """A what-if with what it would be at the low and at the high end of its estimates: alike without any."""

    tried: Tried
    low: Tried
    high: Tried
    estimates: Mapping[str, Estimate]


def fit_part(
    published: Mapping[str, float], raw: Mapping[str, Mapping[str, float]], names: Sequence[str]
) -> Fit | None:
    """Return the least-squares fit of a part on indicators, over the states that have them all.

    None where they are too few, or an indicator follows from the others.
    """
    states = [iso3 for iso3 in published if all(name in raw.get(iso3, {}) for name in names)]
    if not names or len(states) <= len(names) + 1:
        return None
    middle = {name: fsum(raw[iso3][name] for iso3 in states) / len(states) for name in names}
    mean = fsum(published[iso3] for iso3 in states) / len(states)
    # About their means the sums stay small, and the intercept falls out of the equations.
    rows = [[raw[iso3][name] - middle[name] for name in names] for iso3 in states]
    rises = [published[iso3] - mean for iso3 in states]
    slopes = _solved(
        [[fsum(row[i] * row[j] for row in rows) for j in range(len(names))] for i in range(len(names))],
        [fsum(row[i] * rise for row, rise in zip(rows, rises, strict=True)) for i in range(len(names))],
    )
    total = fsum(rise**2 for rise in rises)
    if slopes is None or not total:
        return None
    left = fsum((rise - _dot(slopes, row)) ** 2 for row, rise in zip(rows, rises, strict=True))
    return Fit(
        intercept=mean - _dot(slopes, list(middle.values())),
        coefficients=dict(zip(names, slopes, strict=True)),
        states=len(states),
        r_squared=1 - left / total,
        spread=sqrt(left / (len(states) - len(names) - 1)),
    )


def raw_part(
    part: str,
    indicators: Sequence[Indicator],
    published: Mapping[str, float],
    latest: Mapping[str, Mapping[str, Known]],
) -> RawPart:
    """Return a part with its fit. `latest` is what the edition could have counted, by series and state.

    Nothing counts above the cap of the method.
    """
    public = tuple(each for each in indicators if SERIES.get(each.id) in latest)
    known = {
        iso3: {each.id: of[iso3] for each in public if iso3 in (of := latest[SERIES[each.id]])}
        for iso3 in published
    }
    caps = {each.id: each.cap for each in public}
    counted = {
        iso3: {name: _capped(one.value, caps[name]) for name, one in row.items()}
        for iso3, row in known.items()
    }
    missing = tuple(each.id for each in indicators if each not in public)
    return RawPart(part, public, missing, known, fit_part(published, counted, [each.id for each in public]))


def indicators_of(method: EditionMethod) -> Mapping[str, tuple[Indicator, ...]]:
    """Return the raw indicators of the parts that are made of such."""
    return {part: of for part, of in (("tii", method.tii), ("hci", method.hci)) if of}


def check_raw(name: str, value: float) -> None:
    """Raise `ImpossibleChange` for a value that the indicator cannot have."""
    if name not in HIGHEST:
        raise ImpossibleChange("unknown-part", name)
    if not (isfinite(value) and 0 <= value <= HIGHEST[name]):
        raise ImpossibleChange("out-of-range", name)


def estimate(raw: RawPart, iso3: str, changes: Mapping[str, float], *, published: float) -> Estimate:
    """Return the part of a state whose raw indicators become `changes`, held within 0..1.

    What the cap of the method leaves uncounted changes nothing, and nothing changed has no range. Raises
    `ImpossibleChange`, also where nothing can be estimated.
    """
    for name, value in changes.items():
        check_raw(name, value)
        if raw.fit is None or raw.reason_against(iso3) or name not in raw.fit.coefficients:
            raise ImpossibleChange("unknown-part", name)
    assert raw.fit is not None  # noqa: S101 -- for the reader of types: said above
    caps = {each.id: each.cap for each in raw.indicators}
    rise = fsum(
        raw.fit.coefficients[name]
        * (_capped(value, caps[name]) - _capped(raw.known[iso3][name].value, caps[name]))
        for name, value in changes.items()
    )
    around = raw.fit.spread if rise else 0.0
    ends = [max(0.0, min(1.0, published + rise + each)) for each in (0.0, -around, around)]
    return Estimate(raw.part, published, *ends)


def try_ranged(
    table: EditionTable,
    iso3: str,
    changes: Mapping[str, float],
    estimates: Mapping[str, Estimate],
    *,
    weights: Mapping[str, Fraction] | None = None,
) -> Ranged:
    """Return a what-if with estimated parts beside changed ones. See `try_changes`.

    Raises `ImpossibleChange` also for a part that is both changed and estimated.
    """
    for part in estimates:
        if part in changes:
            raise ImpossibleChange("changed-twice", part)
    moved = {part: each for part, each in estimates.items() if each.value != each.before}

    def at(end: str) -> Tried:
        ends = {part: getattr(each, end) for part, each in moved.items()}
        return try_changes(table, iso3, {**changes, **ends}, weights=weights)

    tried = at("value")
    return (
        Ranged(tried, at("low"), at("high"), estimates) if moved else Ranged(tried, tried, tried, estimates)
    )


def _capped(value: float, cap: float | None) -> float:
    return value if cap is None else min(value, cap)


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return fsum(a * b for a, b in zip(left, right, strict=True))


def _solved(matrix: list[list[float]], right: list[float]) -> list[float] | None:
    """Solve a small symmetric system by elimination; None where it has no one answer."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda each: abs(rows[each][at]))
        if abs(rows[pivot][at]) <= _FLAT * max(matrix[at][at], 1.0):
            return None
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for other in range(size):
            if other != at:
                factor = rows[other][at] / rows[at][at]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [rows[at][size] / rows[at][at] for at in range(size)]
