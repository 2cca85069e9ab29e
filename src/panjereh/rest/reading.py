"""What every reading endpoint shares: a strict query, pages by key with signed cursors, and entity tags."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_noop

from panjereh.rest.operation import Call, Operation, Parameter
from panjereh.rest.refusals import QueryFaulty

LONGEST_VALUE, LONGEST_CURSOR = 200, 400
PAGE, LARGEST_PAGE = 50, 100
KEPT_SECONDS = 60
Row = TypeVar("Row")

TEXT = {"type": "string", "maxLength": LONGEST_VALUE}
DAY = {"type": "string", "format": "date"}
AFTER = Parameter(
    "after", gettext_noop("From `next`; never made up."), {"type": "string", "maxLength": LONGEST_CURSOR}
)
LIMIT = Parameter(
    "limit",
    gettext_noop("How many at most."),
    {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE},
)


def query_of(request: HttpRequest, operation: Operation) -> dict[str, str]:
    """Return the parts of a query that say something. Raises `QueryFaulty`: a slip is not passed over."""
    known = {each.name for each in operation.query}
    chosen: dict[str, str] = {}
    for name, values in request.GET.lists():
        longest = LONGEST_CURSOR if name == AFTER.name else LONGEST_VALUE
        if name not in known or len(values) > 1 or len(values[0]) > longest or "\0" in values[0]:
            raise QueryFaulty(name[:LONGEST_VALUE])
        chosen[name] = values[0]
    return {name: value for name, value in chosen.items() if value}


def limit_in(call: Call) -> int:
    """Return how many rows a page shall have. Raises `QueryFaulty`."""
    text = call.query.get("limit", str(PAGE))
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_PAGE))):
        raise QueryFaulty("limit")
    if not 1 <= int(text) <= LARGEST_PAGE:
        raise QueryFaulty("limit")
    return int(text)


def place_in(call: Call) -> Any:
    """Return after which key the page begins, None for the first. Raises `QueryFaulty`.

    A cursor is ours by its signature, and of this list: one of another address, choice or person is refused.
    """
    if "after" not in call.query:
        return None
    try:
        return signing.loads(call.query["after"], salt=_salt(call))
    except signing.BadSignature as error:
        raise QueryFaulty("after") from error


def page_of(
    call: Call, rows: Sequence[Row], *, key: Callable[[Row], Any], write: Callable[[Row], Any]
) -> dict[str, Any]:
    """Return a page of rows, of which one more than its limit was read, and the address of the next."""
    limit = limit_in(call)
    following = key(rows[limit - 1]) if len(rows) > limit else None
    return listed(call, [write(row) for row in rows[:limit]], following=following)


def listed(call: Call, items: list[Any], *, following: Any) -> dict[str, Any]:
    """Return a page of items, and the address of the one that begins behind the key `following`, if any."""
    if following is None:
        return {"items": items, "next": None}
    cursor = signing.dumps(following, salt=_salt(call))
    query = urlencode({**call.query, "after": cursor})
    return {"items": items, "next": f"{settings.PANJEREH.public_url}{call.request.path}?{query}"}


def tag_of(content: bytes) -> str:
    """Return the entity tag of an answer's content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def not_modified(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """Return 304 when the caller has this answer already, None when it must be sent."""
    conditional = get_conditional_response(request, etag=response["ETag"], response=response)
    if not isinstance(conditional, HttpResponseNotModified):
        return None
    conditional["Cache-Control"] = response["Cache-Control"]
    return conditional


def _salt(call: Call) -> str:
    choice = sorted((name, value) for name, value in call.query.items() if name not in ("after", "limit"))
    return f"rest.cursor:{call.actor.account_id or ''}:{call.request.path}?{urlencode(choice)}"
