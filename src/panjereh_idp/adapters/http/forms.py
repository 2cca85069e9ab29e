"""Parameters of a request: each at most once, of bounded size."""

import json
from urllib.parse import parse_qsl

from starlette.requests import Request

from panjereh_idp.protocol.refusals import InvalidRequest

MAX_BODY = 16 * 1024
MAX_FIELDS = 50
FORM = "application/x-www-form-urlencoded"


async def read_form(request: Request) -> dict[str, str]:
    """Return the form of a POST. Raises `InvalidRequest` (RFC 6749 section 3.2: no parameter twice)."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        raise InvalidRequest("body-must-be-a-form")
    return read_parameters((await _body(request)).decode("ascii", errors="replace"))


def read_parameters(text: str) -> dict[str, str]:
    """Return the parameters of a query or form. Raises `InvalidRequest`."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError as error:
        raise InvalidRequest("parameters-malformed") from error
    # Without a value a parameter counts as absent (RFC 6749 section 3.1).
    parameters = {name: value for name, value in pairs if value}
    if len({name for name, _ in pairs}) != len(pairs):
        raise InvalidRequest("parameter-repeated")
    return parameters


async def read_json(request: Request) -> object:
    """Return the JSON body of a request. Raises `InvalidRequest`."""
    try:
        return json.loads(await _body(request))
    except (ValueError, RecursionError) as error:
        raise InvalidRequest("body-must-be-json") from error


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise InvalidRequest("body-too-long")
    return body
