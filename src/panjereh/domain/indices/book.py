"""All editions as tables, kept in the process until a figure comes: many pages read them all."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from panjereh.domain.indices import models
from panjereh.domain.indices.rules.checking import Check, check_edition
from panjereh.domain.indices.rules.editions import EditionMethod, parse_method
from panjereh.domain.indices.rules.tables import EditionTable, StateRow
from panjereh.plumbing import sql
from panjereh.plumbing.memory import kept

# What changes whenever a figure, an edition or its method does; the tables themselves are read once for each.
_VERSION = """
SELECT (SELECT max(id) FROM indices_value), (SELECT max(recorded_at) FROM indices_value),
    (SELECT md5(string_agg(index || edition || title_fa || method, '' ORDER BY id))
        FROM indices_edition)
"""
_VALUES = """
SELECT DISTINCT ON (edition_id, iso3, part)
    edition_id, iso3, part, value::float8, published_rank, ranked, source_id, revision
FROM indices_value ORDER BY edition_id, iso3, part, revision DESC
"""
KEPT: Final = 2
MOST_EDITIONS: Final = 64


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of an index with its method. `title` is of the index; `source` an id of `sources`.

    `method_sources` has the texts behind the ids in `method.sources`, in English; `method_version` changes
    whenever the parameters do.
    """

    index: str
    edition: str
    title: Mapping[str, str]
    method: EditionMethod
    method_sources: Mapping[str, str]
    source: str
    method_version: str


@dataclass(frozen=True, slots=True)
class Book:
    """Every edition and its table by index and edition; `sources` and `restated` by edition and state."""

    editions: Mapping[tuple[str, str], Edition]
    tables: Mapping[tuple[str, str], EditionTable]
    sources: Mapping[tuple[str, str], Mapping[str, str]]
    restated: Mapping[tuple[str, str], frozenset[tuple[str, str]]]


def book() -> Book:
    """Return all editions; another process sees a new figure as late as other reference data."""
    return _read(version())


def explained(index: str, edition: str) -> tuple[Check, ...]:
    """Return the checks of an edition that a page explains; every figure is recomputed once for each book."""
    return _explained(version(), index, edition)


@lru_cache(maxsize=MOST_EDITIONS)
def _explained(of: tuple[Any, ...], index: str, edition: str) -> tuple[Check, ...]:
    return check_edition(_read(of).tables[index, edition])


@kept
def version() -> tuple[Any, ...]:
    """Return what changes whenever a figure, an edition or its method does."""
    return sql.rows(_VERSION, ())[0]


@lru_cache(maxsize=KEPT)
def _read(_of: tuple[Any, ...]) -> Book:
    rows = list(models.Edition.objects.order_by("index", "edition"))
    keys = {row.id: (row.index, row.edition) for row in rows}
    editions = {(row.index, row.edition): _edition(row) for row in rows}
    states: dict[tuple[str, str], dict[str, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
    for edition_id, iso3, *cells in sql.rows(_VALUES, ()):
        states[keys[edition_id]][iso3].append(tuple(cells))
    return Book(
        editions=editions,
        tables={key: _table(editions[key], of) for key, of in states.items()},
        sources={key: {iso3: cells[0][4] for iso3, cells in of.items()} for key, of in states.items()},
        restated={
            key: frozenset((iso3, cell[0]) for iso3, cells in of.items() for cell in cells if cell[5] > 1)
            for key, of in states.items()
        },
    )


def _edition(row: models.Edition) -> Edition:
    title = {"fa": row.title_fa, "en": row.title_en}
    told = json.loads(row.method)
    method = parse_method(told)
    mark = hashlib.sha256(row.method.encode()).hexdigest()[:12]
    return Edition(row.index, row.edition, title, method, told["sources"], row.source_id, mark)


def _table(edition: Edition, states: Mapping[str, list[tuple[Any, ...]]]) -> EditionTable:
    return EditionTable(
        edition=edition.edition,
        method=edition.method,
        rows=tuple(_row(iso3, cells) for iso3, cells in sorted(states.items())),
    )


def _row(iso3: str, cells: list[tuple[Any, ...]]) -> StateRow:
    ranks = [rank for _, _, rank, *_ in cells if rank is not None]
    return StateRow(
        iso3=iso3,
        ranked=cells[0][3],
        values={part: value for part, value, *_ in cells if value is not None},
        published_rank=ranks[0] if ranks and cells[0][3] else None,
    )
