"""What a file changes: its figures beside those that stand; a restated one becomes a revision of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is published: value (None: not scored), rank beside it, and its source."""

    value: Decimal | None
    source: str
    published_rank: int | None = None
    ranked: bool = True

    def says_same(self, other: "Figure") -> bool:
        """Whether both publish the same; the source alone makes no other figure."""
        mine = (self.value, self.published_rank, self.ranked)
        return mine == (other.value, other.published_rank, other.ranked)


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure that stands: its revision, and whether two officers decided on it."""

    figure: Figure
    revision: int
    is_decided: bool = False


@dataclass(frozen=True, slots=True)
class Restated:
    """What one thing said and says now; empty for nothing."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import does to one kind of thing.

    How many come, which are restated, which are no longer in the files (they stay), and how many the files
    say otherwise but two officers decided on: those stand.
    """

    kind: str
    added: int = 0
    restated: tuple[Restated, ...] = ()
    missing: tuple[str, ...] = ()
    decided: int = 0

    @property
    def writes(self) -> int:
        """How many things are written."""
        return self.added + len(self.restated)


@dataclass(frozen=True, slots=True)
class Revision:
    """The changes of a kind, and the figures to write with their revisions."""

    changes: Changes
    fresh: tuple[tuple[Key, Figure, int], ...]


def revise(
    kind: str, wanted: Mapping[Key, Figure], standing: Mapping[Key, Standing], *, over_decided: bool = False
) -> Revision:
    """Return what makes the database say what `wanted` says; `over_decided` is for officers alone."""
    fresh: list[tuple[Key, Figure, int]] = []
    restated: list[Restated] = []
    decided = 0
    for key, figure in wanted.items():
        known = standing.get(key)
        if known is None:
            fresh.append((key, figure, 1))
        elif known.figure.says_same(figure):
            continue
        elif known.is_decided and not over_decided:
            decided += 1
        else:
            fresh.append((key, figure, known.revision + 1))
            restated.append(Restated(" ".join(key), _say(known.figure), _say(figure)))
    missing = tuple(" ".join(key) for key in standing if key not in wanted)
    changes = Changes(kind, len(fresh) - len(restated), tuple(restated), missing, decided)
    return Revision(changes, tuple(fresh))


def _say(figure: Figure) -> str:
    value = "" if figure.value is None else f"{figure.value.normalize():f}"
    return f"{value} (rank {figure.published_rank})" if figure.published_rank else value
