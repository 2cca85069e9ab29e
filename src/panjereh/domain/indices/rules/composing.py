"""The formulas: a composite from its parts, and a component from the raw indicators of all states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt
from typing import Final

from panjereh.domain.indices.rules.editions import Indicator

Weights = Mapping[str, Fraction]
_ALIKE: Final = 1e-9
"""Raw values that differ by less of their size are alike: no series is published with so many digits."""


class CannotStandardise(ValueError):  # noqa: N818 -- reads as what is wrong
    """A component cannot be computed: `no-states`, `value-missing` (`who` lacks one) or `all-alike`."""

    def __init__(self, code: str, indicator: str = "", who: str = "") -> None:
        super().__init__(f"{code} {indicator} {who}".strip())
        self.code = code
        self.indicator = indicator
        self.who = who


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation of an indicator over all states of an edition (divisor N)."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Component:
    """A component computed from raw indicators, with all that a what-if keeps fixed.

    `low` and `high` are the least and the greatest weighted sum of z-scores; `raw` holds the values used,
    caps applied.
    """

    indicators: tuple[Indicator, ...]
    raw: Mapping[str, Mapping[str, float]]
    spreads: Mapping[str, Spread]
    low: float
    high: float
    values: Mapping[str, float]


def compose(values: Mapping[str, float], weights: Weights) -> float:
    """Return the weighted sum of the parts."""
    return fsum(float(weight) * values[part] for part, weight in weights.items())


def spread_of(values: Sequence[float]) -> Spread:
    """Return mean and population standard deviation: exactly none where all are alike."""
    mean = fsum(values) / len(values)
    # The mean of equal numbers can be off in its last bit, and a deviation of that bit would stretch to 1.
    if max(values) - min(values) <= _ALIKE * abs(mean):
        return Spread(mean, 0.0)
    return Spread(mean, sqrt(fsum((value - mean) ** 2 for value in values) / len(values)))


def z_scores(values: Mapping[str, float]) -> dict[str, float]:
    """Return how many standard deviations each value is above the mean; nothing where all are alike."""
    spread = spread_of(list(values.values()))
    return {name: (value - spread.mean) / spread.sd if spread.sd else 0.0 for name, value in values.items()}


def min_max(values: Mapping[str, float]) -> dict[str, float]:
    """Return values stretched to 0..1. Raises `CannotStandardise` where all are alike."""
    low, high = min(values.values()), max(values.values())
    if not high > low:
        raise CannotStandardise("all-alike")
    return {name: min(1.0, (value - low) / (high - low)) for name, value in values.items()}


def build_component(raw: Mapping[str, Mapping[str, float]], indicators: tuple[Indicator, ...]) -> Component:
    """Return a component over all states: z-score of each indicator, weighted sum, min–max.

    `raw` is state -> indicator -> value, of one edition only and without gaps: the survey fills them with the
    latest known or an estimated value before. Raises `CannotStandardise`.
    """
    used = _usable(raw, indicators)
    columns = {each.id: {iso3: row[each.id] for iso3, row in used.items()} for each in indicators}
    scores = {name: z_scores(column) for name, column in columns.items()}
    sums = {iso3: fsum(_signed_weight(each) * scores[each.id][iso3] for each in indicators) for iso3 in used}
    return Component(
        indicators=indicators,
        raw=used,
        spreads={name: spread_of(list(column.values())) for name, column in columns.items()},
        low=min(sums.values()),
        high=max(sums.values()),
        values=min_max(sums),
    )


def change_raw(component: Component, iso3: str, changes: Mapping[str, float]) -> float:
    """Return a state's component after its raw values become `changes`, everything else kept fixed.

    Exact while the others stand still, means and deviations are kept, and the state is neither the least nor
    the greatest; what would leave 0..1 is held at the edge. Raises `KeyError` for an unknown name.

    GAP: for no edition are all raw values of all states public, so no published component can be taken apart
    this way until an operator has them.
    """
    by_id = {each.id: each for each in component.indicators}
    rise = fsum(
        _signed_weight(by_id[name])
        * (_capped(value, by_id[name]) - component.raw[iso3][name])
        / component.spreads[name].sd
        for name, value in changes.items()
        if component.spreads[name].sd
    )
    return max(0.0, min(1.0, component.values[iso3] + rise / (component.high - component.low)))


def _usable(
    raw: Mapping[str, Mapping[str, float]], indicators: tuple[Indicator, ...]
) -> dict[str, dict[str, float]]:
    if not raw:
        raise CannotStandardise("no-states")
    for iso3, row in raw.items():
        for each in indicators:
            if each.id not in row:
                raise CannotStandardise("value-missing", each.id, iso3)
    return {iso3: {each.id: _capped(row[each.id], each) for each in indicators} for iso3, row in raw.items()}


def _capped(value: float, indicator: Indicator) -> float:
    return value if indicator.cap is None else min(value, indicator.cap)


def _signed_weight(indicator: Indicator) -> float:
    return -float(indicator.weight) if indicator.is_lower_better else float(indicator.weight)
