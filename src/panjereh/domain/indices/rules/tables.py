"""One edition of an index: all states with their published values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from panjereh.domain.indices.rules.editions import EditionMethod
from panjereh.domain.indices.rules.ranking import rank_of


class StateNotRanked(LookupError):  # noqa: N818 -- reads as what is wrong
    """The edition has no value for this state, or did not rank it."""


class PartUnknown(LookupError):  # noqa: N818 -- reads as what is wrong
    """The edition has no such part."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state in an edition. `values` holds what was published, by part; an unranked state has no scores."""

    iso3: str
    ranked: bool
    values: Mapping[str, float]
    published_rank: int | None


@dataclass(frozen=True)
class EditionTable:
    """An edition with its method and its rows. Frozen: what is looked up once is kept."""

    edition: str
    method: EditionMethod
    rows: tuple[StateRow, ...]

    @cached_property
    def ranked(self) -> Mapping[str, StateRow]:
        """The ranked rows by state."""
        return {row.iso3: row for row in self.rows if row.ranked}

    @cached_property
    def _by_part(self) -> dict[str, dict[str, float]]:
        parts = {part for row in self.ranked.values() for part in row.values}
        return {
            part: {iso3: row.values[part] for iso3, row in self.ranked.items() if part in row.values}
            for part in parts
        }

    @cached_property
    def _ascending(self) -> dict[str, tuple[float, ...]]:
        return {part: tuple(sorted(values.values())) for part, values in self._by_part.items()}

    def row(self, iso3: str) -> StateRow:
        """Return the row of a ranked state. Raises `StateNotRanked`."""
        try:
            return self.ranked[iso3]
        except KeyError as error:
            raise StateNotRanked(iso3) from error

    def value(self, iso3: str, part: str | None = None) -> float:
        """Return a published value, the index itself by default. Raises `StateNotRanked`, `PartUnknown`."""
        name = part or self.method.index
        try:
            return self.row(iso3).values[name]
        except KeyError as error:
            raise PartUnknown(name) from error

    def values(self, part: str | None = None) -> Mapping[str, float]:
        """Return the values of all ranked states. Raises `PartUnknown`."""
        name = part or self.method.index
        try:
            return self._by_part[name]
        except KeyError as error:
            raise PartUnknown(name) from error

    def ascending(self, part: str | None = None) -> tuple[float, ...]:
        """Return the values of all ranked states, the smallest first. Raises `PartUnknown`."""
        self.values(part)
        return self._ascending[part or self.method.index]

    def rank(self, iso3: str, part: str | None = None) -> int:
        """Return the competition rank of a state on the published values."""
        return rank_of(self.value(iso3, part), self.ascending(part))

    def mean(self, part: str | None = None, *, among: Iterable[str] | None = None) -> float | None:
        """Return the unweighted mean of ranked states, all or those named; None where none is ranked."""
        values = self.values(part)
        chosen = (
            list(values.values()) if among is None else [values[each] for each in among if each in values]
        )
        return sum(chosen) / len(chosen) if chosen else None
