"""Editions as the charts of the kit take them."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.indices import words

Tables = Sequence[indices.EditionTable]
Path = tuple[str, int, float, int, float]


def columns_of(tables: Tables) -> list[tuple[int, str]]:
    """Return the editions as places on the axis of time; they keep the Gregorian year."""
    return [(int(table.edition), pages.digits(table.edition)) for table in tables]


def breaks_of(tables: Tables) -> list[tuple[int, str]]:
    """Return the editions from which another method was used, and what changed."""
    pairs = pairwise(tables)
    return [
        (int(after.edition), f"{pages.digits(after.edition)}: {words.changes_of_method(changed)}")
        for before, after in pairs
        if (changed := indices.method_changes(before.method, after.method))
    ]


def value_rows(tables: Tables, iso3: str, parts: Iterable[str]) -> list[tuple[str, list[float | None]]]:
    """Return the values of a state in each part."""
    return _rows(
        tables,
        parts,
        lambda table, part: table.ranked[iso3].values.get(part) if iso3 in table.ranked else None,
    )


def rank_rows(tables: Tables, iso3: str, parts: Iterable[str]) -> list[tuple[str, list[float | None]]]:
    """Return the ranks of a state in each part."""
    return _rows(
        tables,
        parts,
        lambda table, part: indices.rank_in(table, iso3, part) if _has(table, iso3, part) else None,
    )


def country_rows(tables: Tables, chosen: Iterable[str]) -> list[tuple[str, list[float | None]]]:
    """Return the index of each chosen state."""
    names = words.country_names()
    return [
        (names[iso3], [table.value(iso3) if iso3 in table.ranked else None for table in tables])
        for iso3 in chosen
    ]


def _has(table: indices.EditionTable, iso3: str, part: str) -> bool:
    return iso3 in table.ranked and part in table.ranked[iso3].values


def _rows(
    tables: Tables, parts: Iterable[str], cell: Callable[[indices.EditionTable, str], float | None]
) -> list[tuple[str, list[float | None]]]:
    names = words.short_names()
    return [(names[part], [cell(table, part) for table in tables]) for part in parts]
