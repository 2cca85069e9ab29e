"""What must rise to climb some places: one part, the cheapest mix of parts, answers of the survey."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from statistics import median
from typing import Final

from panjereh.domain.indices.rules.editions import EditionMethod, WeightState
from panjereh.domain.indices.rules.ranking import comparable
from panjereh.domain.indices.rules.tables import EditionTable

_ROUNDING: Final = 0.03
"""How far four published digits can be off, in answers: less than this more is no answer more."""

Drift = float | Mapping[str, float]
"""How much the others rise until the next edition: one number for all, or one for each state."""


class NoSuchRank(ValueError):  # noqa: N818 -- reads as what is wrong
    """The wished rank is not between 1 and the number of ranked states."""


@dataclass(frozen=True, slots=True)
class Need:
    """The value that a rank costs.

    `holder` is the state that has it: who reaches its value shares the rank, or a better one in a tie. `gap`
    is zero where the state is there already. `points` is the gap in answers of the survey, where the part is
    a count of known range.
    """

    iso3: str
    part: str
    rank_from: int
    rank_to: int
    holder: str
    value_now: float
    value_needed: float
    gap: float
    points: int | None


@dataclass(frozen=True, slots=True)
class Lift:
    """One part raised so far that it alone closes the gap; not feasible where it would have to pass 1."""

    part: str
    before: float
    after: float
    is_feasible: bool


@dataclass(frozen=True, slots=True)
class Mix:
    """The cheapest rises that close a gap. `short_by` is what the index lacks where caps forbid it."""

    rises: Mapping[str, float]
    cost: float
    short_by: float

    @property
    def is_feasible(self) -> bool:
        """Whether the rises close the gap."""
        return self.short_by == 0


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What one answer more is worth before the min–max: in its part, and in the index.

    `available` is the number of such questions or points.
    """

    part: str
    subindex: str | None
    value: float
    index_value: float
    available: int
    state: WeightState


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answers of one kind a rise takes; not feasible where there are not so many."""

    yardstick: Yardstick
    count: int
    is_feasible: bool


def need_for(
    table: EditionTable, iso3: str, *, places: int, part: str | None = None, drift: Drift = 0.0
) -> Need:
    """Return what climbing `places` costs in a part, the index by default. See `need_for_rank`."""
    rank_to = table.rank(iso3, part) - places
    return need_for_rank(table, iso3, rank=rank_to, part=part, drift=drift)


def need_for_rank(
    table: EditionTable, iso3: str, *, rank: int, part: str | None = None, drift: Drift = 0.0
) -> Need:
    """Return what a rank costs: the value of the `rank`-th of the others, each risen by its drift.

    Raises `NoSuchRank`, `StateNotRanked`, `PartUnknown`.
    """
    now = table.value(iso3, part)
    others = [
        (comparable(value + _drift_of(drift, name)), name)
        for name, value in table.values(part).items()
        if name != iso3
    ]
    if not 1 <= rank <= len(others):
        raise NoSuchRank(rank)
    needed, holder = sorted(others, key=lambda each: (-each[0], each[1]))[rank - 1]
    name = part or table.method.index
    return Need(
        iso3=iso3,
        part=name,
        rank_from=table.rank(iso3, part),
        rank_to=rank,
        holder=holder,
        value_now=now,
        value_needed=needed,
        gap=max(0.0, comparable(needed - now)),
        points=points_between(table.method, name, now, needed),
    )


def points_between(method: EditionMethod, part: str, now: float, needed: float) -> int | None:
    """Return how many whole points lie between two values of a part; None where its range is not known.

    Published values are rounded, so each is first taken to the points it stands for.
    """
    points = method.points_of(part)
    return None if points is None else max(0, ceil(needed * points - _ROUNDING) - round(now * points))


def lift_of(table: EditionTable, iso3: str, part: str, *, gap: float) -> Lift:
    """Return how far one part alone must rise to close a gap of the index."""
    before = table.value(iso3, part)
    weight = float(table.method.weights[part])
    after = comparable(before + gap / weight) if weight else float("inf")
    return Lift(part, before, after, is_feasible=after <= max(1.0, before))


def lifts(table: EditionTable, iso3: str, *, gap: float) -> tuple[Lift, ...]:
    """Return, for each part, how far it alone must rise to close a gap of the index."""
    return tuple(lift_of(table, iso3, part, gap=gap) for part in table.method.parts)


def cheapest_mix(
    table: EditionTable,
    iso3: str,
    *,
    gap: float,
    costs: Mapping[str, float] | None = None,
    caps: Mapping[str, float] | None = None,
) -> Mix:
    """Return the cheapest rises of the parts that close a gap of the index.

    `costs` is the price of a rise by 1, equal for all parts by default; `caps` the value that a part cannot
    pass, 1 by default. The problem is linear with one condition: what gives most index for its cost rises
    first, in the order of the parts where they give the same. Raises `ValueError` for a cost that is not
    positive.
    """
    weights = {part: float(weight) for part, weight in table.method.weights.items()}
    prices = {part: (costs or {}).get(part, 1.0) for part in weights}
    if min(prices.values()) <= 0:
        raise ValueError("a cost must be positive")
    left, rises = gap, dict.fromkeys(weights, 0.0)
    for part in sorted(filter(weights.get, weights), key=lambda each: prices[each] / weights[each]):
        room = max(0.0, min(1.0, (caps or {}).get(part, 1.0)) - table.value(iso3, part))
        rises[part] = min(room, left / weights[part])
        left = max(0.0, left - rises[part] * weights[part])
    return Mix(
        rises=rises,
        cost=sum(prices[part] * rise for part, rise in rises.items()),
        short_by=comparable(left),
    )


def yardsticks(
    method: EditionMethod, *, shares: Mapping[str, Fraction] | None = None
) -> tuple[Yardstick, ...]:
    """Return what one answer more is worth, for every kind of question whose number is known.

    A sum of subindices: weight over number of questions; `EPI` is counted in its own points. Else one point
    of the whole count. All before the min–max of the edition, which stretches them by some percent. `shares`
    are other weights of the subindices than those of the method; a subindex without any has no yardstick.
    """
    weight = float(method.weights.get("osi", 0))
    if method.osi_subindices is None:
        if method.osi_points is None:
            return ()
        value = 1 / method.osi_points
        state = method.weight_states["osi_points"]
        return (Yardstick("osi", None, value, weight * value, method.osi_points, state),)
    counts = dict(method.questions) | ({"EPI": method.epi_points} if method.epi_points else {})
    state = method.weight_states["osi_subindices"]
    used = method.osi_subindices if shares is None else shares
    return tuple(
        Yardstick("osi", name, float(share) / count, weight * float(share) / count, count, state)
        for name, share in used.items()
        if share and (count := counts.get(name))
    )


def answers_for(
    method: EditionMethod, *, rise: float, shares: Mapping[str, Fraction] | None = None
) -> tuple[Answers, ...]:
    """Return how many answers of each kind alone would raise the online services by `rise`."""
    known = yardsticks(method, shares=shares)
    counts = ((each, max(0, ceil(rise / each.value - _ROUNDING))) for each in known)
    return tuple(Answers(each, count, is_feasible=count <= each.available) for each, count in counts)


def median_drift(before: EditionTable, after: EditionTable, part: str | None = None) -> float:
    """Return the median change of the states that both editions ranked: how the others rose so far."""
    old, new = before.values(part), after.values(part)
    return median(new[iso3] - old[iso3] for iso3 in new if iso3 in old)


def _drift_of(drift: Drift, iso3: str) -> float:
    return drift.get(iso3, 0.0) if isinstance(drift, Mapping) else drift
