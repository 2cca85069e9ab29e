"""The reference data and packs of the product, imported once in a process and laid down again by their rows.

Hundreds of tests begin with them. The first import of each kind is the real one, and what it left in every
table is kept; later ones copy these rows, within the test's own transaction, in a tenth of the time.
"""
# ruff: noqa: S608 -- names of our own tables

import atexit
import datetime as dt
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, transaction

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.indices import api as indices
from panjereh.plumbing import memory

ROOT = Path(__file__).resolve().parents[2]
_INDICES = ROOT / "data" / "indices"
_FITTED = re.compile(",2020,(internet_users|mobile|fixed_broadband)_")
# Written by triggers on the rows of others.
BY_TRIGGERS = {"procrastinate_events"}
_COLUMNS = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
    FROM information_schema.columns
    WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY 1
"""
# Materialised: otherwise PostgreSQL may ask for the sequences of tables of other schemas first, and fail.
_SEQUENCES = """
    WITH ours AS MATERIALIZED (
        SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'
    ), every AS (
        SELECT *, pg_get_serial_sequence(quote_ident(table_name), column_name) AS its FROM ours
    )
    SELECT * FROM every WHERE its IS NOT NULL
"""


@dataclass(frozen=True)
class Kept:
    """The rows an import left, by table, and how far it came in each sequence."""

    rows: dict[str, bytes]
    reached: dict[str, int]


_kept: dict[tuple[object, ...], Kept] = {}


def make_known(
    *,
    at: dt.datetime,
    packs: Path | None = None,
    data: Path = ROOT / "data" / "iran",
    published: Path | None = None,
) -> None:
    """Import the directory as the command does at that moment, and packs and published indices if given."""
    key = (at, data, _digest(packs) if packs else None, published)
    if key in _kept and not any(_counts(_kept[key].rows).values()):
        _lay_down(_kept[key])
        memory.forget()
        return
    before = _counts(_columns())
    directory.import_directory(data, at=at)
    if packs:
        catalogue.install_packs(packs, at=at)
    if published:
        indices.import_indices(published, at=at)
    changed = [table for table, count in _counts(_columns()).items() if count != before[table]]
    # Among rows that were there before, which ones are new nobody can tell: then the next one imports again.
    if not any(before[table] for table in changed):
        _kept[key] = Kept({table: _copied(table) for table in changed}, _reached(changed))


@cache
def published_indices() -> Path:
    """Return a folder of all published indices; of raw indicators, which are many, only a few.

    Those of Iran, and what the infrastructure of the edition 2022 is fitted on.
    """
    folder = Path(shutil.copytree(_INDICES, Path(tempfile.mkdtemp(prefix="indices-")) / "indices"))
    atexit.register(shutil.rmtree, folder.parent)
    raw = folder / "raw_indicators.csv"
    lines = raw.read_text(encoding="utf-8").splitlines(keepends=True)
    raw.write_text(
        "".join([lines[0], *(line for line in lines if line.startswith("IRN,") or _FITTED.search(line))]),
        encoding="utf-8",
    )
    return folder


def _digest(packs: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in packs.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(packs)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def _columns() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        return {table: names for table, names in cursor.fetchall() if table not in BY_TRIGGERS}


def _counts(tables: Iterable[str]) -> dict[str, int]:
    parts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(parts)
        return dict(cursor.fetchall())


def _copied(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({_columns()[table]}) TO STDOUT") as out:
        return b"".join(bytes(part) for part in out)


def _reached(tables: list[str]) -> dict[str, int]:
    reached = {}
    with connection.cursor() as cursor:
        cursor.execute(_SEQUENCES)
        for table, column, sequence in cursor.fetchall():
            if table in tables:
                cursor.execute(f"SELECT max({column}) FROM {table}")
                reached[sequence] = cursor.fetchone()[0]
    return reached


@transaction.atomic
def _lay_down(kept: Kept) -> None:
    for table, rows in kept.rows.items():
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({_columns()[table]}) FROM STDIN") as into,
        ):
            into.write(rows)
    if kept.reached:
        moved = ", ".join(
            f"setval('{name}', greatest({number}, (SELECT last_value FROM {name})))"
            for name, number in kept.reached.items()
        )
        # A sequence is no part of a transaction, and the programs' role may only draw from it.
        with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL, autocommit=True) as owner:
            owner.execute(f"SELECT {moved}")
