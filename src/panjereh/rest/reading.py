"""What every reading endpoint shares: a strict query, pages by key with signed cursors, and entity tags."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response

from panjereh_kernel.refusal import Refusal

LONGEST_VALUE, LONGEST_CURSOR = 200, 400
PAGE, LARGEST_PAGE = 50, 100
KEPT_SECONDS = 60
Row = TypeVar("Row")


class QueryFaulty(Refusal):
    """The query has a part that is not described, stands twice or is no such value; `field` names it."""

    code = "request-query-faulty"
    status = 422

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def query_of(request: HttpRequest, *known: str) -> dict[str, str]:
    """Return the parts of a query that say something. Raises `QueryFaulty`: a slip is not passed over."""
    chosen: dict[str, str] = {}
    for name, values in request.GET.lists():
        longest = LONGEST_CURSOR if name == "after" else LONGEST_VALUE
        if name not in known or len(values) > 1 or len(values[0]) > longest or "\0" in values[0]:
            raise QueryFaulty(name[:LONGEST_VALUE])
        chosen[name] = values[0]
    return {name: value for name, value in chosen.items() if value}


def limit_in(query: Mapping[str, str]) -> int:
    """Return how many rows a page shall have. Raises `QueryFaulty`."""
    text = query.get("limit", str(PAGE))
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= LARGEST_PAGE):
        raise QueryFaulty("limit")
    return int(text)


def place_in(request: HttpRequest, query: Mapping[str, str]) -> str | int | None:
    """Return after which key the page begins, None for the first. Raises `QueryFaulty`.

    A cursor is ours by its signature, and of this list: one of another address or choice is refused.
    """
    if "after" not in query:
        return None
    try:
        place: str | int = signing.loads(query["after"], salt=_salt(request, query))
    except signing.BadSignature as error:
        raise QueryFaulty("after") from error
    return place


def page_of(
    request: HttpRequest,
    query: Mapping[str, str],
    rows: Sequence[Row],
    *,
    key: Callable[[Row], str | int],
    write: Callable[[Row], Mapping[str, Any]],
) -> dict[str, Any]:
    """Return a page of rows, of which one more than its limit was read, and the address of the next."""
    limit = limit_in(query)
    following = None
    if len(rows) > limit:
        cursor = signing.dumps(key(rows[limit - 1]), salt=_salt(request, query))
        following = (
            f"{settings.PANJEREH.public_url}{request.path}?{urlencode(dict(query) | {'after': cursor})}"
        )
    return {"items": [write(row) for row in rows[:limit]], "next": following}


def shown(request: HttpRequest, value: Mapping[str, Any]) -> HttpResponse:
    """Return an answer that anybody may keep for a minute, or 304 when the caller has it already."""
    body = json.dumps(value, ensure_ascii=False).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    conditional = get_conditional_response(request, etag=tag, response=response)
    if isinstance(conditional, HttpResponseNotModified):
        conditional["Cache-Control"] = response["Cache-Control"]
    return response if conditional is None else conditional


def _salt(request: HttpRequest, query: Mapping[str, str]) -> str:
    choice = sorted((name, value) for name, value in query.items() if name not in ("after", "limit"))
    return f"rest.cursor:{request.path}?{urlencode(choice)}"
