"""Hand-written statements where many people wait: the ORM would cost more than the answer."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection, connections

Value: TypeAlias = str | int | bytes | UUID | dt.datetime | dt.date | list[UUID] | list[str] | None


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
