"""What if: a state with other parts, or all states with other weights, and the rank that follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from panjereh.domain.indices.rules.editions import is_whole
from panjereh.domain.indices.rules.ranking import comparable, rank_of
from panjereh.domain.indices.rules.tables import EditionTable


class ImpossibleChange(ValueError):  # noqa: N818 -- reads as what is wrong
    """A what-if that means nothing. `code`: `unknown-part`, `out-of-range`, `weights-not-one`,
    `changed-twice`.
    """

    def __init__(self, code: str, part: str) -> None:
        super().__init__(f"{part}: {code}")
        self.code = code
        self.part = part


@dataclass(frozen=True, slots=True)
class Placed:
    """A value and its rank, before and after."""

    before: float
    after: float
    rank_before: int
    rank: int

    @property
    def places(self) -> int:
        """How many places it climbs; fewer than none where it falls."""
        return self.rank_before - self.rank


@dataclass(frozen=True, slots=True)
class Tried:
    """What a change would have made of an edition for one state.

    `index` and the ranks follow the published values: `rank_before` is computed by the same rule as `rank`,
    `published_rank` stands beside it. `parts` has each part that was changed; `passed` and `passed_by`
    are the states that change sides, in the order of the table.
    """

    iso3: str
    index_before: float
    index: float
    rank_before: int
    rank: int
    published_rank: int | None
    parts: Mapping[str, Placed]
    passed: tuple[str, ...]
    passed_by: tuple[str, ...]

    @property
    def places(self) -> int:
        """How many places the state climbs; fewer than none where it falls."""
        return self.rank_before - self.rank


def try_changes(
    table: EditionTable,
    iso3: str,
    changes: Mapping[str, float],
    *,
    weights: Mapping[str, Fraction] | None = None,
) -> Tried:
    """Return index and rank of a state whose parts become `changes`, the others standing still.

    `changes` are new values of 0..1 by part, `epi` among them: it has a rank of its own and is not
    carried over to the online services. `weights` are others for all states. What rounding or a
    fault of the source left between published parts and index stays as it is: no change changes nothing.
    Raises `ImpossibleChange`, `StateNotRanked`.
    """
    row = table.row(iso3)
    for part, value in changes.items():
        _check_change(part, value, row.values, table.method.index)
    before = table.value(iso3)
    used = _checked_weights(weights, table)
    others = {name: _shifted(table, name, {}, used) for name in table.ranked if name != iso3}
    index = _shifted(table, iso3, changes, used)
    ascending = sorted(others.values())
    return Tried(
        iso3=iso3,
        index_before=before,
        index=index,
        rank_before=table.rank(iso3),
        rank=rank_of(index, ascending),
        published_rank=row.published_rank,
        parts={part: _placed(table, iso3, part, value) for part, value in changes.items()},
        passed=tuple(n for n, v in others.items() if table.value(n) > before and v <= index),
        passed_by=tuple(n for n, v in others.items() if table.value(n) <= before and v > index),
    )


def _check_change(part: str, value: float, known: Mapping[str, float], index: str) -> None:
    if part not in known or part == index:
        raise ImpossibleChange("unknown-part", part)
    if not (isfinite(value) and 0 <= value <= 1):
        raise ImpossibleChange("out-of-range", part)


def _checked_weights(weights: Mapping[str, Fraction] | None, table: EditionTable) -> dict[str, float] | None:
    if weights is None:
        return None
    if set(weights) != set(table.method.weights):
        raise ImpossibleChange("unknown-part", "weights")
    if any(weight < 0 for weight in weights.values()) or not is_whole(weights):
        raise ImpossibleChange("weights-not-one", "weights")
    return {part: float(weight) for part, weight in weights.items()}


def _shifted(
    table: EditionTable, iso3: str, changes: Mapping[str, float], weights: Mapping[str, float] | None
) -> float:
    """Return the published index moved by what the change adds: exactly nothing where nothing changes."""
    index, values = table.value(iso3), table.ranked[iso3].values
    if weights is None and not changes:
        return index
    for part, exact in table.method.weights.items():
        old = float(exact)
        new = old if weights is None else weights[part]
        index += new * changes.get(part, values[part]) - old * values[part]
    return comparable(index)


def _placed(table: EditionTable, iso3: str, part: str, value: float) -> Placed:
    before, ascending = table.value(iso3, part), list(table.ascending(part))
    rank_before = table.rank(iso3, part)
    ascending.remove(before)
    return Placed(before, value, rank_before, rank_of(value, ascending))
