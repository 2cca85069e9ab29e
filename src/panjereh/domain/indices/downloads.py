"""Figures as files to carry away: made once for what is published now, with their size and digest."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final

from panjereh.domain.indices import queries
from panjereh.domain.indices.book import Restatement, Revision, book
from panjereh.domain.indices.rules import written
from panjereh.domain.indices.rules.reference_files import QUESTIONS as QUESTION_SETS
from panjereh.domain.indices.rules.tables import EditionTable
from panjereh.plumbing import sql
from panjereh.plumbing.memory import kept
from panjereh_kernel.refusal import NotFound

CSV: Final = "text/csv"
JSON: Final = "application/json"
_RAW = """
SELECT DISTINCT ON (iso3, indicator, year) iso3, indicator, year, value::float8, source_id, revision
FROM indices_raw ORDER BY iso3, indicator, year, revision DESC
"""
_RAW_VERSION = """
SELECT (SELECT newest::text FROM indices_raw AS newest ORDER BY id DESC LIMIT 1),
    (SELECT max(recorded_at) FROM indices_raw)
"""
_RAW_SOURCES = "SELECT DISTINCT source_id FROM indices_raw"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file: its name, media type and content, and the SHA-256 of the content in hexadecimal digits."""

    name: str
    media: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class DataSet:
    """What can be carried away together: its kind, what it is of, ids of its sources, and its files.

    `key` is index and edition of an `edition`, the index of an `index`, the set of `questions`, and nothing
    of the `raw` indicators.
    """

    kind: str
    key: tuple[str, ...]
    sources: tuple[str, ...]
    files: tuple[DataFile, ...]


def data_sets() -> tuple[DataSet, ...]:
    """Return all that can be carried away: editions, the newest first, indices, raw ones, question lists."""
    editions = sorted(queries.editions(), key=lambda each: (each.index, -int(each.edition)))
    found = [_edition_set(each.index, each.edition) for each in editions]
    found += [_index_set(index) for index in sorted({each.index for each in editions})]
    origins = tuple(sorted(_raw_sources()))
    found += [DataSet("raw", (), origins, (raw_csv(),))] if origins else []
    lists = [each for each in QUESTION_SETS if queries.questions(each)]
    found += [_questions_set(each) for each in lists]
    return tuple(found)


def edition_csv(index: str, edition_id: str) -> DataFile:
    """Return an edition as a table: a line for each state. Raises `EditionUnknown`.

    The columns are those in which an edition is proposed, then the source of the line, and what was published
    before where a figure was published again.
    """
    queries.edition(index, edition_id)
    return _edition_csv(book().version, index, edition_id)


def edition_json(index: str, edition_id: str) -> DataFile:
    """Return an edition with its method, its sources and all revisions. Raises `EditionUnknown`."""
    queries.edition(index, edition_id)
    return _edition_json(book().version, index, edition_id)


def index_csv(index: str) -> DataFile:
    """Return all editions of an index as one table. Raises `NotFound` for an index that is not known."""
    if not queries.edition_tables(index):
        raise NotFound
    return _index_csv(book().version, index)


def raw_csv() -> DataFile:
    """Return the raw indicators of all states as one table, its head alone where there are none."""
    return _raw_csv(_raw_version())


def questions_csv(question_set: str) -> DataFile:
    """Return a question list as a table. Raises `NotFound` for one that is not known."""
    found = queries.questions(question_set)
    if question_set not in QUESTION_SETS or not found:
        raise NotFound
    head = ("part", "codes", "count", "title_fa", "title_en", "machine_checkable", "effort")
    checkable: dict[bool | None, written.Cell] = {None: "", True: 1, False: 0}
    rows = [
        (
            *(each.part, each.codes, each.count, each.title["fa"], each.title["en"]),
            *(checkable[each.is_machine_checkable], each.effort),
        )
        for each in found
    ]
    return _file(f"{question_set}.csv", CSV, written.csv_of(head, rows))


def _edition_set(index: str, edition_id: str) -> DataSet:
    sources = {queries.edition(index, edition_id).source, *queries.sources_of(index, edition_id).values()}
    files = (edition_csv(index, edition_id), edition_json(index, edition_id))
    return DataSet("edition", (index, edition_id), tuple(sorted(sources)), files)


def _index_set(index: str) -> DataSet:
    tables = queries.edition_tables(index)
    sources = {each for table in tables for each in queries.sources_of(index, table.edition).values()}
    return DataSet("index", (index,), tuple(sorted(sources)), (index_csv(index),))


def _questions_set(question_set: str) -> DataSet:
    source = queries.questions(question_set)[0].source
    return DataSet("questions", (question_set,), (source,), (questions_csv(question_set),))


def _file(name: str, media: str, content: bytes) -> DataFile:
    return DataFile(name, media, content, hashlib.sha256(content).hexdigest())


# Twice as many as there are editions: a page lists all of them.
@lru_cache(maxsize=64)
def _edition_csv(_version: tuple[Any, ...], index: str, edition_id: str) -> DataFile:
    table = queries.edition_table(index, edition_id)
    parts = _parts([table])
    head = (*written.BEFORE_PARTS, *parts, "source", "restated")
    return _file(f"{index}-{edition_id}.csv", CSV, written.csv_of(head, _rows(index, table, parts)))


@lru_cache(maxsize=64)
def _edition_json(_version: tuple[Any, ...], index: str, edition_id: str) -> DataFile:
    edition, table = queries.edition(index, edition_id), queries.edition_table(index, edition_id)
    origins, known = queries.sources_of(index, edition_id), queries.sources()
    told = {
        "index": index,
        "edition": edition_id,
        "title": edition.title,
        "method": edition.method_told,
        "sources": [_source(known[each]) for each in sorted({edition.source, *origins.values()})],
        "states": [
            {
                "country": row.iso3,
                "name": queries.country(row.iso3).name,
                "ranked": row.ranked,
                "rank": row.published_rank,
                "values": row.values if row.ranked else {},
                "source": origins[row.iso3],
            }
            for row in table.rows
        ],
        "restated": [_restated(each) for each in queries.restatements(index, edition_id)],
    }
    content = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return _file(f"{index}-{edition_id}.json", JSON, content)


@lru_cache(maxsize=8)
def _index_csv(_version: tuple[Any, ...], index: str) -> DataFile:
    tables = queries.edition_tables(index)
    parts = _parts(tables)
    rows = [[table.edition, *row] for table in tables for row in _rows(index, table, parts)]
    head = ("edition", *written.BEFORE_PARTS, *parts, "source", "restated")
    return _file(f"{index}.csv", CSV, written.csv_of(head, rows))


@lru_cache(maxsize=2)
def _raw_csv(_version: tuple[Any, ...]) -> DataFile:
    head = ("iso3", "indicator", "year", "value", "source", "revision")
    return _file("raw-indicators.csv", CSV, written.csv_of(head, sql.rows(_RAW, ())))


@kept
def _raw_sources() -> list[str]:
    return [source for (source,) in sql.rows(_RAW_SOURCES, ())]


@kept
def _raw_version() -> tuple[Any, ...]:
    return sql.rows(_RAW_VERSION, ())[0]


def _parts(tables: Iterable[EditionTable]) -> tuple[str, ...]:
    all_of_them = list(tables)
    found = {part for table in all_of_them for row in table.rows for part in row.values}
    return written.parts_in(all_of_them[-1].method, found)


def _rows(index: str, table: EditionTable, parts: tuple[str, ...]) -> list[list[written.Cell]]:
    before: dict[str, list[str]] = defaultdict(list)
    for each in queries.restatements(index, table.edition):
        before[each.iso3] += [f"{each.part} {_short(one)}" for one in each.revisions[:-1]]
    restated = {iso3: "; ".join(told) for iso3, told in before.items()}
    return written.edition_rows(table, queries.sources_of(index, table.edition), parts, restated)


def _short(revision: Revision) -> str:
    rank = f" rank {revision.rank}" if revision.rank else ""
    return f"{'' if revision.value is None else revision.value}{rank} (revision {revision.number})"


def _source(source: queries.Source) -> dict[str, Any]:
    return asdict(source) | {"taken_on": source.taken_on and source.taken_on.isoformat()}


def _restated(restatement: Restatement) -> dict[str, Any]:
    return {
        "country": restatement.iso3,
        "part": restatement.part,
        "in_force": restatement.in_force.number,
        "revisions": [
            asdict(each) | {"recorded_at": each.recorded_at.isoformat()} for each in restatement.revisions
        ],
    }
