"""All editions as tables, kept in the process until a figure comes: many pages read them all."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from panjereh.domain.indices import models
from panjereh.domain.indices.rules.checking import Check, check_edition
from panjereh.domain.indices.rules.editions import EditionMethod, parse_method
from panjereh.domain.indices.rules.tables import EditionTable, StateRow
from panjereh.plumbing import sql
from panjereh.plumbing.memory import kept

# What changes whenever a figure, an edition or its method does; the tables themselves are read once for each.
_VERSION = """
SELECT (SELECT newest::text FROM indices_value AS newest ORDER BY id DESC LIMIT 1),
    (SELECT max(recorded_at) FROM indices_value),
    (SELECT md5(string_agg(index || edition || title_fa || title_en || source_id || method, '' ORDER BY id))
        FROM indices_edition)
"""
_VALUES = """
SELECT DISTINCT ON (edition_id, iso3, part)
    edition_id, iso3, part, value::float8, published_rank, ranked, source_id
FROM indices_value ORDER BY edition_id, iso3, part, revision DESC
"""
# Of a figure that was published again every revision, the first one first: the older ones stay.
_REVISIONS = """
SELECT edition_id, iso3, part, revision, value::float8, published_rank, source_id, recorded_at,
    proposal_id IS NOT NULL
FROM indices_value
WHERE (edition_id, iso3, part) IN (
    SELECT edition_id, iso3, part FROM indices_value WHERE revision > 1
)
ORDER BY edition_id, iso3, part, revision
"""
KEPT: Final = 2
MOST_EDITIONS: Final = 64
Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure as it was published once; `is_decided`: taken in by two officers and not by the files."""

    number: int
    value: float | None
    rank: int | None
    source: str
    recorded_at: dt.datetime
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure that was published again: every revision, the first one first; the last one is in force."""

    iso3: str
    part: str
    revisions: tuple[Revision, ...]

    @property
    def in_force(self) -> Revision:
        """What counts."""
        return self.revisions[-1]


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of an index with its method. `title` is of the index; `source` an id of `sources`.

    `method_sources` has the texts behind the ids in `method.sources`, in English; `method_told` is the whole
    entry as it came in, and `method_version` changes whenever it does.
    """

    index: str
    edition: str
    title: Mapping[str, str]
    method: EditionMethod
    method_sources: Mapping[str, str]
    source: str
    method_told: Mapping[str, Any]
    method_version: str


@dataclass(frozen=True, slots=True)
class Book:
    """Every edition, its table, the source of each state and what was published again: by index and edition.

    `version` is another one whenever a figure or a method is.
    """

    version: tuple[Any, ...]

    editions: Mapping[tuple[str, str], Edition]
    tables: Mapping[tuple[str, str], EditionTable]
    sources: Mapping[tuple[str, str], Mapping[str, str]]
    restated: Mapping[tuple[str, str], tuple[Restatement, ...]]


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
def _read(version: tuple[Any, ...]) -> Book:
    rows = list(models.Edition.objects.order_by("index", "edition"))
    keys = {row.id: (row.index, row.edition) for row in rows}
    editions = {(row.index, row.edition): _edition(row) for row in rows}
    states: dict[tuple[str, str], dict[str, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
    for edition_id, iso3, *cells in sql.rows(_VALUES, ()):
        states[keys[edition_id]][iso3].append(tuple(cells))
    return Book(
        version=version,
        editions=editions,
        tables={key: _table(editions[key], of) for key, of in states.items()},
        sources={key: {iso3: cells[0][4] for iso3, cells in of.items()} for key, of in states.items()},
        restated=_restated(keys),
    )


def _restated(keys: Mapping[int, Key]) -> dict[Key, tuple[Restatement, ...]]:
    found: dict[Key, dict[Key, list[Revision]]] = defaultdict(lambda: defaultdict(list))
    for edition_id, iso3, part, *told in sql.rows(_REVISIONS, ()):
        found[keys[edition_id]][iso3, part].append(Revision(*told))
    return {
        key: tuple(Restatement(iso3, part, tuple(each)) for (iso3, part), each in of.items())
        for key, of in found.items()
    }


def _edition(row: models.Edition) -> Edition:
    title = {"fa": row.title_fa, "en": row.title_en}
    told = json.loads(row.method)
    method = parse_method(told)
    mark = hashlib.sha256(row.method.encode()).hexdigest()[:12]
    return Edition(row.index, row.edition, title, method, told["sources"], row.source_id, told, mark)


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
