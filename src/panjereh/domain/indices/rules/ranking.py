"""Competition ranks and levels.

Values are compared as they were published: equal decimals are equal floats, so a tie of the published digits
is a tie here. Computed values are rounded to `DIGITS` first, or the last bit of a sum would decide a place.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DIGITS: Final = 9
"""Computed values are compared at this many decimals: four more than any index is published with."""


class Level(StrEnum):
    """The four groups of the survey."""

    VERY_HIGH = "very-high"
    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


_LEVELS: Final = ((0.75, Level.VERY_HIGH), (0.50, Level.HIGH), (0.25, Level.MIDDLE))


@dataclass(frozen=True, slots=True)
class RankSpan:
    """The places that states with one and the same value share: from `first` to `last`."""

    first: int
    last: int

    def __contains__(self, rank: int) -> bool:
        """Whether a rank is one of these places."""
        return self.first <= rank <= self.last


def rank_of(value: float, ascending: Sequence[float]) -> int:
    """Return `1 + how many values are greater`; the values come sorted, the smallest first."""
    return 1 + len(ascending) - bisect_right(ascending, value)


def rank_span(value: float, ascending: Sequence[float]) -> RankSpan:
    """Return the places of a value that stands in the list: more than one where others have it too."""
    return RankSpan(rank_of(value, ascending), len(ascending) - bisect_left(ascending, value))


def competition_ranks(values: Mapping[str, float]) -> dict[str, int]:
    """Return the rank of each: equal values share the best of their places, the next ones are left out."""
    ascending = sorted(values.values())
    return {name: rank_of(value, ascending) for name, value in values.items()}


def level_of(value: float) -> Level:
    """Return the survey's group of an index value; a bound itself belongs to the lower group."""
    return next((level for bound, level in _LEVELS if value > bound), Level.LOW)


def comparable(value: float) -> float:
    """Return a computed value as it is compared with published ones."""
    return round(value, DIGITS)
