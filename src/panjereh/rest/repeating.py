"""`Idempotency-Key` (the IETF's draft): a request that is sent twice happens once and is answered alike."""

import base64
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

import msgspec
from django.db import Error as DatabaseError
from django.http import HttpResponse

from panjereh.plumbing import edge, idempotency
from panjereh.plumbing.refusals import problem_details
from panjereh.rest.operation import Call
from panjereh_kernel.refusal import Refusal

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
# Answers about the moment and not about the request: another sending may fare better.
_PASSING = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_HEADERS = ("Content-Type", "Location", "Cache-Control", "ETag")


class Kept(msgspec.Struct, frozen=True):
    """An answer as it is kept."""

    status: int
    headers: dict[str, str]
    content: str


def once(call: Call, run: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the answer of a request, its first one if it came before under the same key.

    Raises what `idempotency.begin` raises. What was refused for good is kept as well; what was refused for
    the moment, and a bug, gives the key back.
    """
    key = call.request.headers.get(HEADER)
    if key is None:
        return run()
    attempt = idempotency.begin(key, caller=_caller(call), request=_request(call), at=call.at)
    if attempt.kept is not None:
        return _written(attempt.kept)
    try:
        response = _explained(run)
    except Exception:
        with suppress(DatabaseError):  # the bug is the news; the key frees itself after a minute
            idempotency.release(attempt)
        raise
    if response.status_code in _PASSING:
        idempotency.release(attempt)
    else:
        idempotency.keep(attempt, _read(response))
    return response


def _explained(run: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return run()
    except Refusal as refusal:
        return problem_details(refusal)


def _caller(call: Call) -> str:
    # Of somebody unknown the network address: whoever shares it would have to know the key as well.
    return f"{call.actor.purpose} {call.actor.account_id or edge.address_of(call.request)}"


def _request(call: Call) -> bytes:
    request = call.request
    kind, match = request.content_type or "", request.headers.get("If-Match", "")
    named = (request.method or "", request.path, kind, match)
    return "\n".join(named).encode() + b"\n" + request.body


def _read(response: HttpResponse) -> bytes:
    headers = {name: response[name] for name in _HEADERS if name in response}
    content = base64.b64encode(response.content).decode()
    return msgspec.json.encode(Kept(response.status_code, headers, content))


def _written(answer: bytes) -> HttpResponse:
    kept = msgspec.json.decode(answer, type=Kept)
    response = HttpResponse(base64.b64decode(kept.content), status=kept.status)
    for name, value in kept.headers.items():
        response[name] = value
    response[REPLAYED] = "true"
    return response
