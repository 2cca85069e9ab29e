"""What every endpoint shares: no session, no form token, plain JSON in and out, problems as RFC 9457.

An endpoint translates a request into one call through a door and the answer into a plain value. A `Refusal`
becomes problem details in `panjereh.plumbing.refusals`, as for every address under `/api/`.
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeAlias

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from panjereh.plumbing.refusals import problem_details
from panjereh_kernel.refusal import Refusal

Endpoint: TypeAlias = Callable[..., HttpResponse]


class MethodNotKnown(Refusal):
    """The address exists and does not answer this method; `Allow` says which it does."""

    code = "method-not-known"
    status = 405


class BodyFaulty(Refusal):
    """The body is not what the description asks for; `field` names the first fault, or is empty."""

    code = "request-body-faulty"
    status = 422

    def __init__(self, field: str = "") -> None:
        super().__init__(field)
        self.field = field


class MediaTypeNotKnown(Refusal):
    """The body has a type this address does not take."""

    code = "media-type-not-known"
    status = 415


def answers(**methods: Endpoint) -> Endpoint:
    """Return one view from an endpoint per method: `answers(POST=check)`. HEAD is answered where GET is."""
    known = {**methods, **({"HEAD": methods["GET"]} if "GET" in methods else {})}

    @csrf_exempt
    @wraps(next(iter(methods.values())))
    def view(request: HttpRequest, **parts: Any) -> HttpResponse:
        endpoint = known.get(request.method or "")
        if endpoint is None:
            response: HttpResponse = problem_details(MethodNotKnown())
            response["Allow"] = ", ".join(known)
            return response
        return endpoint(request, **parts)

    return view


def body_of(request: HttpRequest) -> Mapping[str, Any]:
    """Return the JSON object a request carries. Raises `MediaTypeNotKnown` and `BodyFaulty`."""
    if request.content_type != "application/json":
        raise MediaTypeNotKnown
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BodyFaulty from error
    if not isinstance(body, dict):
        raise BodyFaulty
    return body


def text_in(body: Mapping[str, Any], field: str, *, longest: int) -> str:
    """Return a text of the body. Raises `BodyFaulty` naming the field when it is none or too long."""
    value = body.get(field)
    if not isinstance(value, str) or len(value) > longest:
        raise BodyFaulty(field)
    return value


def told(value: Mapping[str, Any], *, status: int = 200, location: str = "") -> HttpResponse:
    """Return an answer that nothing on the way may keep."""
    response = JsonResponse(dict(value), status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    if location:
        response["Location"] = location
    return response
