"""Repeatable chance: every draw is a hash of the seed and of what it decides.

A draw depends on nothing drawn before it, so one seed makes the same country on every version of Python and
a new decision added later moves no old one.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws of one seed. `what` names the decision, each its own, e.g. `("home", 12, "kind")`."""

    seed: int

    def below(self, limit: int, *what: str | int) -> int:
        """Return a whole number from 0 to `limit` - 1."""
        name = "|".join(map(str, (self.seed, *what)))
        # 128 bits: the bias of the remainder is far below anything a country of a million could show.
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "big") % limit

    def between(self, low: int, high: int, *what: str | int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1, *what)

    def one_of(self, choices: Sequence[T], *what: str | int) -> T:
        """Return one of `choices`, each as likely as the other."""
        return choices[self.below(len(choices), *what)]

    def happens(self, percent: int, *what: str | int) -> bool:
        """Return whether something of this likelihood happens."""
        return self.below(100, *what) < percent

    def weighted(self, choices: Sequence[tuple[T, int]], *what: str | int) -> T:
        """Return one of `choices`, each as likely as its weight. The weights are whole and not all zero."""
        ends = list(accumulate(weight for _, weight in choices))
        return choices[bisect_right(ends, self.below(ends[-1], *what))][0]
