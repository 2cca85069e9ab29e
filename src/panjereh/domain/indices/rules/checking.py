"""Recompute a published figure step by step, so that anybody can follow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from panjereh.domain.indices.rules.composing import compose
from panjereh.domain.indices.rules.ranking import comparable, level_of, rank_span
from panjereh.domain.indices.rules.tables import EditionTable

_SLACK = 1e-9
_HALF_OF_LAST_DIGIT = 0.00005
"""Parts are published with four digits at least."""


class StepKind(StrEnum):
    """What a step recomputes."""

    COMPOSE = "compose"
    RANK = "rank"
    POINTS = "points"
    LEVEL = "level"


class Outcome(StrEnum):
    """How a recomputed figure stands to the published one.

    `ROUNDED`: within what rounding explains. `TIED`: the published rank is another place of states whose
    published values are equal; the survey ranks on digits it does not publish. `SOURCE_FAULT`: the published
    index is known not to follow from the published parts. `UNPUBLISHED`: nothing to compare with.
    """

    SAME = "same"
    ROUNDED = "rounded"
    TIED = "tied"
    SOURCE_FAULT = "source-fault"
    DIFFERENT = "different"
    UNPUBLISHED = "unpublished"


_GOOD = frozenset({Outcome.SAME, Outcome.ROUNDED, Outcome.TIED, Outcome.UNPUBLISHED})


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what goes in, the formula over those names, the result, and what was published.

    `tied` lists the states with the same published value, for a rank.
    """

    kind: StepKind
    formula: str
    inputs: Mapping[str, float | str]
    result: float | str
    published: float | None
    outcome: Outcome
    tied: tuple[str, ...] = ()

    @property
    def difference(self) -> float | None:
        """How far the result is from the published figure; None where one of them is no number."""
        if self.published is None or isinstance(self.result, str):
            return None
        return comparable(self.result - self.published)


@dataclass(frozen=True, slots=True)
class Check:
    """A published figure of a state in an edition, recomputed."""

    edition: str
    iso3: str
    part: str
    published: float
    published_rank: int | None
    steps: tuple[Step, ...]

    @property
    def is_reproduced(self) -> bool:
        """Whether every step gives the published figure, up to rounding and ties."""
        return all(step.outcome in _GOOD for step in self.steps)

    @property
    def is_compared(self) -> bool:
        """Whether a step has a published figure beside it: a part that is no count of answers has none."""
        return any(step.outcome is not Outcome.UNPUBLISHED for step in self.steps)

    @property
    def is_explained(self) -> bool:
        """Whether what is not reproduced is a known fault of the source."""
        return all(step.outcome in _GOOD | {Outcome.SOURCE_FAULT} for step in self.steps)


def check_figure(table: EditionTable, iso3: str, part: str | None = None) -> Check:
    """Return the steps that recompute a figure: the index by default, or one of its parts.

    The index: weighted sum, rank, level. A part that is a count of answers: the whole points behind it, rank.
    Raises `StateNotRanked`, `PartUnknown`.
    """
    name = part or table.method.index
    is_index = name == table.method.index
    row, value = table.row(iso3), table.value(iso3, name)
    steps = [_compose_step(table, iso3)] if is_index else _points_steps(table, iso3, name)
    steps.append(_rank_step(table, iso3, name))
    if is_index and table.method.has_levels:
        level = level_of(value)
        steps.append(Step(StepKind.LEVEL, "level(value)", {"value": value}, level, None, Outcome.UNPUBLISHED))
    return Check(
        edition=table.edition,
        iso3=iso3,
        part=name,
        published=value,
        published_rank=row.published_rank if is_index else None,
        steps=tuple(steps),
    )


def check_edition(table: EditionTable) -> tuple[Check, ...]:
    """Return the checks of an edition's index that a page explains: not reproduced, or by a tie."""
    checks = (check_figure(table, iso3) for iso3 in table.ranked)
    return tuple(
        check
        for check in checks
        if not check.is_reproduced or any(step.outcome is Outcome.TIED for step in check.steps)
    )


def _compose_step(table: EditionTable, iso3: str) -> Step:
    method, published = table.method, table.value(iso3)
    parts = {part: table.value(iso3, part) for part in method.parts}
    result = compose(parts, method.weights)
    if table.method.is_known_fault(iso3, method.index):
        outcome = Outcome.SOURCE_FAULT
    else:
        outcome = _closeness(result, published, method.tolerance)
    inputs: dict[str, float | str] = {**parts}
    inputs |= {f"w_{part}": str(weight) for part, weight in method.weights.items()}
    formula = " + ".join(f"w_{part} × {part}" for part in method.parts)
    return Step(StepKind.COMPOSE, formula, inputs, comparable(result), published, outcome)


def _closeness(result: float, published: float, tolerance: float) -> Outcome:
    if comparable(result) == published:
        return Outcome.SAME
    return Outcome.ROUNDED if abs(result - published) <= tolerance + _SLACK else Outcome.DIFFERENT


def _points_steps(table: EditionTable, iso3: str, part: str) -> list[Step]:
    points = table.method.points_of(part)
    if points is None:
        return []
    value = table.value(iso3, part)
    whole = round(value * points)
    outcome = _closeness(whole / points, value, _HALF_OF_LAST_DIGIT)
    inputs: dict[str, float | str] = {"points": float(whole), "range": float(points)}
    return [Step(StepKind.POINTS, "points ÷ range", inputs, comparable(whole / points), value, outcome)]


def _rank_step(table: EditionTable, iso3: str, part: str) -> Step:
    value, ascending = table.value(iso3, part), table.ascending(part)
    published = table.row(iso3).published_rank if part == table.method.index else None
    span = rank_span(value, ascending)
    above = next((name for name in _above(table, part, value)), "")
    inputs: dict[str, float | str] = {"value": value, "greater": float(span.first - 1), "next_above": above}
    if published is None:
        outcome = Outcome.UNPUBLISHED
    elif published == span.first:
        outcome = Outcome.SAME
    else:
        outcome = Outcome.TIED if published in span else Outcome.DIFFERENT
    tied = tuple(n for n, v in table.values(part).items() if v == value and n != iso3)
    return Step(StepKind.RANK, "1 + greater", inputs, float(span.first), published, outcome, tied)


def _above(table: EditionTable, part: str, value: float) -> list[str]:
    greater = {name: each for name, each in table.values(part).items() if each > value}
    least = min(greater.values(), default=inf)
    return sorted(name for name, each in greater.items() if each == least)
