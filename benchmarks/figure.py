"""One measured number, what it is compared with, and what it has to reach."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, TypeAlias

Of: TypeAlias = Literal["ratio", "value"]


class Verdict(StrEnum):
    """How a figure stands against its target."""

    AIM = "aim reached"
    MET = "met"
    MISSED = "missed"
    NONE = "no target"


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit of a figure's value or of its ratio to the reference: at most so much, or at least."""

    limit: float
    of: Of
    is_upper: bool

    def holds(self, number: float) -> bool:
        """Whether a number keeps to the limit; the limit itself does."""
        return number <= self.limit if self.is_upper else number >= self.limit


def at_most(limit: float, *, of: Of = "value") -> Bound:
    """Return an upper limit."""
    return Bound(limit=limit, of=of, is_upper=True)


def at_least(limit: float, *, of: Of = "value") -> Bound:
    """Return a lower limit."""
    return Bound(limit=limit, of=of, is_upper=False)


class RatioUnknown(ValueError):  # noqa: N818 -- reads as what is wrong
    """A target is a ratio, and there is nothing to take it to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`work` measured as `value` in `unit`, beside `reference_work` measured as `reference` in the same run.

    `benchmark` is an id of the list of targets, such as B-PAGE. `must` is promised, `aim` is wished for.
    """

    benchmark: str
    work: str
    value: float
    unit: str
    reference: float | None = None
    reference_work: str = ""
    must: Bound | None = None
    aim: Bound | None = None

    def __post_init__(self) -> None:
        """Raise `RatioUnknown` for a target that could never be judged."""
        if self.ratio is None and any(bound and bound.of == "ratio" for bound in (self.must, self.aim)):
            raise RatioUnknown(self.work)

    @property
    def ratio(self) -> float | None:
        """The value over the reference; None without a reference or with one of nothing."""
        return self.value / self.reference if self.reference else None

    @property
    def verdict(self) -> Verdict:
        """Whether the aim is reached, else what is promised, else neither."""
        if self.must is None and self.aim is None:
            return Verdict.NONE
        if self.aim and self._keeps(self.aim):
            return Verdict.AIM
        return Verdict.MET if self.must and self._keeps(self.must) else Verdict.MISSED

    def _keeps(self, bound: Bound) -> bool:
        number = self.ratio if bound.of == "ratio" else self.value
        return number is not None and bound.holds(number)


def figure_of(kept: dict[str, Any]) -> Figure:
    """Return a figure from what `dataclasses.asdict` made of it."""
    bounds = {name: Bound(**kept[name]) if kept[name] else None for name in ("must", "aim")}
    return Figure(**(kept | bounds))
