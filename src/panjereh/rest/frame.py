"""What every endpoint shares: no session, no form token, plain JSON in and out, problems as RFC 9457.

An endpoint translates a request into one call through a door and the answer into a plain value. A `Refusal`
becomes problem details in `panjereh.plumbing.refusals`, as for every address under `/api/`.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeAlias, TypeVar

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from panjereh.domain.audit import api as audit
from panjereh.plumbing import edge, limits
from panjereh.plumbing.read_only import reading, writes_on_get
from panjereh.plumbing.refusals import RequestTooLarge, problem_details
from panjereh.rest.operation import JSON, Call, File, Located, Operation
from panjereh.rest.reading import KEPT_SECONDS, not_modified, query_of, tag_of
from panjereh.rest.refusals import (
    BodyFaulty,
    MatchFailed,
    MatchMissing,
    MediaTypeNotKnown,
    MethodNotKnown,
    NotAcceptable,
)
from panjereh.rest.repeating import once
from panjereh.rest.shapes import Shape
from panjereh.rest.tokens.caller import caller_of
from panjereh.rest.tokens.refusals import TokenRefusal
from panjereh_kernel.actor import Actor

Endpoint: TypeAlias = Callable[..., HttpResponse]
AnyShape = TypeVar("AnyShape", bound=Shape)
LARGEST_JSON = 64 * 1024
READS = ("GET", "HEAD")
STRANGER = Actor.anonymous("public")
# How msgspec names the place of a fault: the field that is missing, or the path to the one that is wrong.
_FIELD = re.compile(r"required field `(\w+)`|at `\$\.(\w+)")


def answers(**methods: Operation) -> Endpoint:
    """Return one view from an operation per method: `answers(POST=check)`. HEAD is answered where GET is."""
    known = {**methods, **({"HEAD": methods["GET"]} if "GET" in methods else {})}

    @csrf_exempt
    @wraps(next(iter(methods.values())).run)
    def view(request: HttpRequest, **parts: Any) -> HttpResponse:
        operation = known.get(request.method or "")
        if operation is None:
            response: HttpResponse = problem_details(MethodNotKnown())
            response["Allow"] = ", ".join(known)
            return response
        return _answer(request, operation, parts)

    view.operations = methods  # type: ignore[attr-defined]  # what the description is made from
    # A proof of possession is written down as used; what is read behind it stays under the guard.
    return writes_on_get(view) if any(each.scope for each in methods.values()) else view


def body_of(call: Call) -> Mapping[str, Any]:
    """Return the JSON object of a request. Raises `MediaTypeNotKnown`, `RequestTooLarge`, `BodyFaulty`."""
    if call.request.content_type != JSON:
        raise MediaTypeNotKnown
    if int(call.request.META.get("CONTENT_LENGTH") or 0) > LARGEST_JSON:
        raise RequestTooLarge
    try:
        body = msgspec.json.decode(call.request.body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BodyFaulty from error
    if not isinstance(body, dict):
        raise BodyFaulty
    return body


def read(body: Mapping[str, Any], shape: type[AnyShape]) -> AnyShape:
    """Return a body as its shape. Raises `BodyFaulty` naming the first field that is none."""
    try:
        return msgspec.convert(body, shape)
    except msgspec.ValidationError as error:
        place = _FIELD.search(str(error))
        raise BodyFaulty(next(filter(None, place.groups()), "") if place else "") from error


def matches(call: Call, value: Any) -> None:
    """Hold `If-Match` against what is to be changed. Raises `MatchMissing`, `MatchFailed`."""
    wanted = call.request.headers.get("If-Match", "")
    if not wanted:
        raise MatchMissing
    # Strong comparison (RFC 9110 section 13.1.1): a weak tag matches nothing.
    if tag_of(msgspec.json.encode(value)) not in {each.strip() for each in wanted.split(",")}:
        raise MatchFailed


def _answer(request: HttpRequest, operation: Operation, parts: Mapping[str, Any]) -> HttpResponse:
    at = edge.now()
    try:
        actor = caller_of(request, scope=operation.scope, at=at) if operation.scope else STRANGER
    except TokenRefusal as refusal:
        response: HttpResponse = problem_details(refusal)
        response["WWW-Authenticate"] = refusal.challenge(operation.scope)
        response["Cache-Control"] = "no-store"
        return response
    if not request.accepts(operation.media):
        raise NotAcceptable
    _spend(actor, at)
    call = Call(request, operation, query_of(request, operation), actor, at)
    if operation.is_repeatable:
        return once(call, lambda: _run(call, parts))
    return _run(call, parts)


def _spend(actor: Actor, at: dt.datetime) -> None:
    """Count an answer about a person, for the program and for the person. Raises `TooManyRequests`."""
    if actor.account_id is None:
        return
    policies = settings.EXPORT_LIMITS
    limits.spend(
        [(policies["program"], actor.purpose), (policies["program-of-one"], str(actor.account_id))], at=at
    )


def _run(call: Call, parts: Mapping[str, Any]) -> HttpResponse:
    with reading() if call.request.method in READS else nullcontext():
        value = call.operation.run(call, **parts)
    if call.operation.reads:
        _trace(call)
    return told(call, value)


def _trace(call: Call) -> None:
    """Write that the program saw it, before it does: no trace, no data."""
    assert call.actor.subject_id is not None  # noqa: S101 -- a caller with a token is a person
    audit.trace_access(
        subject_id=call.actor.subject_id, actor=call.actor, what=call.operation.reads, at=call.at
    )


def told(call: Call, value: Any) -> HttpResponse:
    """Return what an operation gave as an answer, with its tag and how long it may be kept."""
    location = ""
    if isinstance(value, Located):
        value, location = value.value, value.location
    response = _file(call.operation, value) if isinstance(value, File) else _json(call.operation, value)
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}" if call.operation.is_public else "no-store"
    if location:
        response["Location"] = location
    if call.request.method not in READS:
        return response
    response["ETag"] = tag_of(response.content)
    return not_modified(call.request, response) or response


def _json(operation: Operation, value: Any) -> HttpResponse:
    # What is not of the declared shape is a bug and never leaves; what the shape does not name neither.
    content = msgspec.json.encode(msgspec.convert(value, operation.gives))
    return HttpResponse(content, content_type=JSON, status=HTTPStatus(operation.status))


def _file(operation: Operation, file: File) -> HttpResponse:
    # The type is what is described and asked for; how its letters are written is said beside it.
    letters = "; charset=utf-8" if operation.media.startswith("text/") else ""
    response = HttpResponse(file.content, content_type=f"{operation.media}{letters}")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
