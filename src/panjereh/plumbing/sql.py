"""Hand-written questions for pages that many people open: the ORM would cost more than the answer."""

from collections.abc import Sequence
from typing import Any

from django.db import connection


def rows(question: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """Return all rows of a question, in its order. It goes the way of every other: guards see it."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def row(question: str, values: Sequence[object]) -> tuple[Any, ...] | None:
    """Return the one row of a question, None where there is none."""
    found = rows(question, values)
    return found[0] if found else None
