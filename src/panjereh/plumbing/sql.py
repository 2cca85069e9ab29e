"""Hand-written statements where many people wait: the ORM would cost more than the answer."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast
from uuid import UUID

from django.db import connections, models

if TYPE_CHECKING:
    from panjereh.plumbing.postgresql.base import DatabaseWrapper

M = TypeVar("M", bound=models.Model)
Value: TypeAlias = str | int | bytes | UUID | dt.datetime | dt.date | list[UUID] | list[bytes] | None


def rows(question: str, values: Sequence[Value]) -> list[tuple[Any, ...]]:
    """Return all rows of a question, in its order. It goes the way of every other: guards see it."""
    cursor = _wrapper("default").asker()
    cursor.execute(question, values)
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def do(statement: str, values: Sequence[Value], *, using: str = "default") -> None:
    """Carry out a statement that answers nothing, on the connection of the role `using`.

    Inside a transaction it may travel with the next statement, or with the COMMIT, which then raises what is
    wrong with it. It takes effect in its place: whatever comes after sees it.
    """
    _wrapper(using).teller().execute(statement, values)


def row(question: str, values: Sequence[Value]) -> tuple[Any, ...] | None:
    """Return the one row of a question, None where there is none."""
    found = rows(question, values)
    return found[0] if found else None


def find(kind: type[M], *, is_locked: bool = False, **equals: Value) -> M | None:
    """Return the one row with these values, locked until the transaction ends, None where there is none.

    For rows without JSON. The ORM builds the same question anew each time, for three times the cost.
    """
    question, columns = _selection(kind, tuple(equals), is_locked=is_locked)
    found = row(question, [*equals.values()])
    return None if found is None else kind.from_db("default", columns, found)


@cache
def _selection(
    kind: type[models.Model], equal: tuple[str, ...], *, is_locked: bool
) -> tuple[str, tuple[str, ...]]:
    columns = _columns(kind)
    return (
        f"SELECT {', '.join(columns)} FROM {kind._meta.db_table}"  # noqa: S608, SLF001 -- our own names
        f" WHERE {' AND '.join(f'{each} = %s' for each in equal)}{' FOR UPDATE' if is_locked else ''}"
    ), columns


def _columns(kind: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in kind._meta.concrete_fields)  # noqa: SLF001 -- Django's public API


def insert_once(entry: models.Model) -> bool:
    """Insert a row unless it is there already, and return whether that was done, in one statement.

    For rows of plain columns, all of which are set: no JSON and no default of the database.
    """
    statement, columns = _insertion(type(entry))
    return row(statement, [getattr(entry, column) for column in columns]) is not None


@cache
def _insertion(kind: type[models.Model]) -> tuple[str, tuple[str, ...]]:
    columns = _columns(kind)
    return (
        f"INSERT INTO {kind._meta.db_table} ({', '.join(columns)})"  # noqa: S608, SLF001 -- our own names
        f" VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT DO NOTHING RETURNING 1"
    ), columns


def _wrapper(alias: str) -> "DatabaseWrapper":
    return cast("DatabaseWrapper", connections[alias])
