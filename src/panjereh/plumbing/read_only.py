"""A view that answers GET reads. If it writes all the same, the statement fails at the connection.

GAP: what a statement calls is not seen, so a function of the database that writes would pass, as would rows
copied in by the driver's own `copy`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

WRITING = ("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "COPY", "CREATE", "ALTER", "DROP")
# What a statement begins with that says nothing of what it does: blanks, brackets, comments.
_BEFORE = re.compile(r"(?:[\s(]|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
# A statement that begins with WITH or EXPLAIN may write further on; FOR UPDATE locks and writes nothing.
_WRITES_WITHIN = re.compile(
    r"\bINSERT\s+INTO\b|\bDELETE\s+FROM\b|\bMERGE\s+INTO\b|\bUPDATE\s+(?:ONLY\s+)?[\w.\"]+(?:\s+AS)?(?:\s+\w+)?\s+SET\b",
    re.IGNORECASE,
)
_MAY_WRITE_WITHIN = ("WITH", "EXPLAIN")


class WroteWhileReading(Exception):  # noqa: N818 -- reads as what happened
    """A GET tried to change something. A bug: the view must be a POST, or say that it writes."""


def writes_on_get(view: View) -> View:
    """Mark a view whose GET changes something by its protocol, such as the return from a sign-in."""
    view.writes_on_get = True  # type: ignore[attr-defined]
    return view


class ReadOnlyViews:
    """Middleware: guard every view that answers GET or HEAD, unless it is marked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; whatever guard its view came under ends with it."""
        with ExitStack() as guards:
            request.guards = guards  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        arguments: tuple[Any, ...],  # noqa: ARG002 -- Django's signature
        keywords: dict[str, Any],  # noqa: ARG002 -- Django's signature
    ) -> None:
        """Put a reading view under the guard. Django calls it as ever, so refusals find their way."""
        if request.method in ("GET", "HEAD") and not getattr(view, "writes_on_get", False):
            guard = connections["default"].execute_wrapper(_refuse_writes)
            request.guards.enter_context(guard)  # type: ignore[attr-defined]


@contextmanager
def reading() -> Iterator[None]:
    """Put under the guard what such a view does beyond the writing that its protocol demands."""
    with connections["default"].execute_wrapper(_refuse_writes):
        yield


def _refuse_writes(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: Any,
    context: dict[str, Any],
) -> Any:
    if _writes(str(sql)):
        raise WroteWhileReading(str(sql)[:80])
    return execute(sql, params, many, context)


def _writes(sql: str) -> bool:
    begins_at = _BEFORE.match(sql).end()  # type: ignore[union-attr] # matches nothing at least
    first = sql[begins_at : begins_at + 8].upper()
    return first.startswith(WRITING) or (
        first.startswith(_MAY_WRITE_WITHIN) and _WRITES_WITHIN.search(sql, begins_at) is not None
    )
