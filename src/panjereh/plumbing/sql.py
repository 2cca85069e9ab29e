"""Hand-written statements where many people wait: the ORM would cost more than the answer."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection, connections, models

Value: TypeAlias = str | int | bytes | UUID | dt.datetime | dt.date | list[UUID] | list[bytes] | None


def rows(question: str, values: Sequence[Value]) -> list[tuple[Any, ...]]:
    """Return all rows of a question, in its order. It goes the way of every other: guards see it."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def do(statement: str, values: Sequence[Value], *, using: str = "default") -> None:
    """Carry out a statement that answers nothing, on the connection of the role `using`."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)


def row(question: str, values: Sequence[Value]) -> tuple[Any, ...] | None:
    """Return the one row of a question, None where there is none."""
    found = rows(question, values)
    return found[0] if found else None


def insert_once(entry: models.Model) -> bool:
    """Insert a row unless it is there already, and return whether that was done, in one statement.

    For rows of plain columns, all of which are set: no JSON and no default of the database.
    """
    statement, columns = _insertion(type(entry))
    return row(statement, [getattr(entry, column) for column in columns]) is not None


@cache
def _insertion(kind: type[models.Model]) -> tuple[str, tuple[str, ...]]:
    columns = tuple(field.attname for field in kind._meta.concrete_fields)  # noqa: SLF001 -- Django's public API
    return (
        f"INSERT INTO {kind._meta.db_table} ({', '.join(columns)})"  # noqa: S608, SLF001 -- our own names
        f" VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT DO NOTHING RETURNING 1"
    ), columns
