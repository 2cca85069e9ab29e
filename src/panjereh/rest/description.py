"""The description of the interface, as OpenAPI 3.1, made from the declarations of its operations."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec
from django.conf import settings
from django.urls import URLResolver, get_resolver

from panjereh.plumbing.idempotency import LONGEST, SHORTEST, KeyFaulty, KeyInFlight, KeyReused
from panjereh.plumbing.limits import TooManyRequests
from panjereh.plumbing.refusals import DatabaseAway, RequestTooLarge
from panjereh.rest import refusals
from panjereh.rest.operation import JSON, PDF, Operation, Parameter
from panjereh.rest.shapes import Shape
from panjereh.rest.tokens.refusals import (
    ProofNotGood,
    ScopeMissing,
    TokenMissing,
    TokenNotGood,
    TokensUnreadable,
)
from panjereh_kernel.refusal import Refusal

SCHEMAS = "#/components/schemas/{name}"
PROBLEM = "application/problem+json"
SCHEME = "person"
_DISCOVERY = "/.well-known/openid-configuration"
_PART = re.compile(r"<(\w+):(\w+)>")
# A bug is no refusal and has no class.
_BUG = ("internal-error", "Something is broken here; it is in our log under the `X-Request-Id`.")
_ABOUT = (
    "No account is needed but where a scope is named: what else is here is public, and whoever has a "
    "document, or its number and code, may check it. What is a person's own is told to a program they "
    "allowed it: its access token comes from the identity provider, is bound to its key by DPoP (RFC "
    "9449) and lives ten minutes, and the person sees each reading. Lists come in pages: follow `next` "
    "until it is null. Readings carry an `ETag`. A query with a part that is not described is refused. "
    "Fields may be added to answers; codes keep their meaning. Times are UTC. A problem is RFC 9457: "
    "switch on `code`, never on `title`, which follows `Accept-Language`. Every answer has an `X-Request-"
    "Id`: name it when you ask about one."
)
# What the path of an address may hold.
PARTS = {
    "service_id": "As in the list, such as `place.address-certificate`.",
    "figure_id": "As in the list.",
    "index": "As in the list, such as `egdi`.",
    "edition": "As in the list, such as `2024`.",
    "country": "The ISO 3166-1 code of three letters, such as `IRN`.",
    "reference": "From `Location`. Whoever knows it may fetch the receipt.",
}


class Problem(Shape):
    """What went wrong, as RFC 9457 says it. `field` and other facts stand beside a code that has them."""

    type: str
    title: str
    status: int
    code: str


def routes() -> Iterator[tuple[str, str, Operation]]:
    """Yield the path below `/api/v1`, the method and the operation of every address, in their order."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace == "rest":
            for route in resolver.url_patterns:
                path = "/" + _PART.sub(r"{\2}", str(route.pattern))
                operations: dict[str, Operation] = route.callback.operations  # type: ignore[union-attr]
                for method, operation in operations.items():
                    yield path, method.lower(), operation


@cache
def described() -> dict[str, Any]:
    """Return the description without the address of an installation."""
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for path, method, operation in routes():
        paths[path][method] = _operation(path, method, operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Panjereh for programs",
            "version": "1",
            "summary": "Read services and figures, check signed e-documents, act for a person.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            "description": _ABOUT,
        },
        "paths": dict(paths),
        "components": {
            "schemas": _schemas([operation for _, _, operation in routes()]),
            "securitySchemes": {SCHEME: {"type": "openIdConnect", "openIdConnectUrl": _DISCOVERY}},
        },
    }


def served() -> dict[str, Any]:
    """Return the description with the addresses of this installation."""
    about = described()
    environment = settings.PANJEREH
    scheme = {"type": "openIdConnect", "openIdConnectUrl": f"{environment.idp_issuer}{_DISCOVERY}"}
    components = {**about["components"], "securitySchemes": {SCHEME: scheme}}
    servers = [{"url": f"{environment.public_url}/api/v1"}]
    return {**about, "components": components, "servers": servers}


def refusals_of(operation: Operation) -> list[type[Refusal]]:
    """Return every refusal an operation may answer with: its own and the frame's."""
    found = [
        refusals.MethodNotKnown,
        refusals.NotAcceptable,
        refusals.QueryFaulty,
        TooManyRequests,
        DatabaseAway,
    ]
    if operation.has_body:
        found += [RequestTooLarge, refusals.MediaTypeNotKnown]
    if operation.takes:
        found += [refusals.BodyFaulty]
    if operation.scope:
        found += [TokenMissing, TokenNotGood, ProofNotGood, ScopeMissing, TokensUnreadable]
    if operation.is_repeatable:
        found += [KeyFaulty, KeyReused, KeyInFlight]
    if operation.needs_match:
        found += [refusals.MatchMissing, refusals.MatchFailed]
    return sorted({*found, *operation.refuses}, key=lambda each: (int(each.status), each.code))


def _operation(path: str, method: str, operation: Operation) -> dict[str, Any]:
    about: dict[str, Any] = {"operationId": operation.name, "summary": operation.about}
    if operation.detail:
        about["description"] = operation.detail
    parameters = [*_parts(path), *(_in_query(each) for each in operation.query)]
    parameters += _in_headers(operation)
    if parameters:
        about["parameters"] = parameters
    if operation.scope:
        about["security"] = [{SCHEME: [operation.scope]}]
    if operation.has_body:
        about["requestBody"] = {"required": True, "content": _bodies(operation)}
    about["responses"] = _responses(method, operation)
    return about


def _parts(path: str) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", path):
        schema = {"type": "string"} if name in PARTS else {"type": "string", "format": "uuid"}
        about = PARTS.get(name, "As in the list.")
        yield {"name": name, "in": "path", "required": True, "schema": schema, "description": about}


def _in_headers(operation: Operation) -> Iterator[dict[str, Any]]:
    if operation.scope:
        about = "Proof of possession of the token's key for this request (RFC 9449)."
        yield _header("DPoP", about, is_required=True)
    if operation.is_repeatable:
        about = (
            "A name nobody can guess for this request, such as a fresh UUID. Sent again within a day under "
            "the same name it happens once, and is answered as the first time."
        )
        yield _header("Idempotency-Key", about, minLength=SHORTEST, maxLength=LONGEST)
    if operation.needs_match:
        yield _header("If-Match", "The `ETag` of the reading this rests on.", is_required=True)


def _header(name: str, about: str, *, is_required: bool = False, **limits: int) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": is_required,
        "schema": {"type": "string", **limits},
        "description": about,
    }


def _in_query(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "schema": dict(parameter.schema),
        "description": parameter.about,
    }


def _bodies(operation: Operation) -> dict[str, Any]:
    references = [{"$ref": SCHEMAS.format(name=each.__name__)} for each in operation.takes]
    bodies: dict[str, Any] = {}
    if references:
        bodies[JSON] = {"schema": references[0] if len(references) == 1 else {"anyOf": references}}
    if operation.takes_pdf:
        bodies[PDF] = {"schema": _file(PDF)}
    return bodies


def _responses(method: str, operation: Operation) -> dict[str, Any]:
    responses = {str(operation.status): _good(method, operation)}
    if method == "get":
        responses["304"] = {"description": "What `If-None-Match` names is still so."}
    codes: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for refusal in refusals_of(operation):
        codes[int(refusal.status)].append((refusal.code, _meaning(refusal)))
    codes[int(HTTPStatus.INTERNAL_SERVER_ERROR)].append(_BUG)
    return responses | {str(status): _problem(status, codes[status]) for status in sorted(codes)}


def _good(method: str, operation: Operation) -> dict[str, Any]:
    if operation.gives is None:
        return {
            "description": "The file.",
            "content": {operation.media: {"schema": _file(operation.media)}},
            "headers": _tag(),
        }
    reference = {"$ref": SCHEMAS.format(name=operation.gives.__name__)}
    headers = _tag() if method == "get" else {}
    if operation.status == HTTPStatus.ACCEPTED:
        headers["Location"] = {
            "description": "Address of what is being made.",
            "schema": {"type": "string"},
        }
    return {
        "description": inspect.getdoc(operation.gives) or "",
        "content": {JSON: {"schema": reference}},
        **({"headers": headers} if headers else {}),
    }


def _problem(status: int, codes: Sequence[tuple[str, str]]) -> dict[str, Any]:
    schema = {
        "allOf": [{"$ref": SCHEMAS.format(name="Problem")}],
        "properties": {"code": {"enum": [code for code, _ in codes]}},
    }
    problem: dict[str, Any] = {
        "description": "\n".join(f"- `{code}`: {meaning}" for code, meaning in codes),
        "content": {PROBLEM: {"schema": schema}},
    }
    if any(code in {TokenMissing.code, ScopeMissing.code} for code, _ in codes):
        about = "What is wanted (RFC 6750 section 3, RFC 9449 section 7.1)."
        problem["headers"] = {"WWW-Authenticate": {"description": about, "schema": {"type": "string"}}}
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        problem["headers"] = {
            "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
        }
    return problem


def _schemas(operations: Sequence[Operation]) -> dict[str, Any]:
    shapes: set[type[Shape]] = {
        shape for each in operations for shape in (*each.takes, each.gives) if shape is not None
    }
    named = sorted(shapes | {Problem}, key=lambda shape: shape.__name__)
    _, components = msgspec.json.schema_components(named, ref_template=SCHEMAS)
    return {name: components[name] for name in sorted(components)}


def _meaning(refusal: type[Refusal]) -> str:
    return (inspect.getdoc(refusal) or "").split("\n\n", maxsplit=1)[0].replace("\n", " ")


def _file(media: str) -> dict[str, Any]:
    # What is JSON by its name (RFC 6839 section 3.1) is read as JSON, not as letters.
    return {"type": "object" if media.endswith("+json") else "string", "contentMediaType": media}


def _tag() -> dict[str, Any]:
    return {"ETag": {"description": "Send it back in `If-None-Match`.", "schema": {"type": "string"}}}
