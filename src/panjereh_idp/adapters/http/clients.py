"""What clients call behind the browser's back: PAR, token, userinfo, introspection, revocation."""

import datetime as dt

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from panjereh_idp.adapters.http.answers import PRIVATE, private_json
from panjereh_idp.adapters.http.forms import read_form
from panjereh_idp.adapters.http.runtime import Runtime, caller_of, runtime_of
from panjereh_idp.flows.access import introspect, revoke, userinfo
from panjereh_idp.flows.authorize import push_request
from panjereh_idp.flows.token import issue_tokens
from panjereh_idp.protocol.jose import ALGORITHM


async def par_endpoint(request: Request) -> JSONResponse:
    """RFC 9126 section 2."""
    form, runtime, at = await _call(request)
    proofs = request.headers.getlist("dpop")
    return private_json(await push_request(form, proofs=proofs, provider=runtime.provider, at=at), status=201)


async def token_endpoint(request: Request) -> JSONResponse:
    """RFC 6749 section 3.2 with RFC 9449 section 5."""
    form, runtime, at = await _call(request)
    proofs = request.headers.getlist("dpop")
    return private_json(await issue_tokens(form, proofs=proofs, provider=runtime.provider, at=at))


async def introspection_endpoint(request: Request) -> JSONResponse:
    """RFC 7662."""
    form, runtime, at = await _call(request)
    return private_json(await introspect(form, provider=runtime.provider, at=at))


async def revocation_endpoint(request: Request) -> Response:
    """RFC 7009."""
    form, runtime, at = await _call(request)
    await revoke(form, provider=runtime.provider, at=at)
    return Response(headers=PRIVATE)


async def userinfo_endpoint(request: Request) -> Response:
    """OpenID Connect Core section 5.3 with RFC 9449 section 7."""
    runtime = runtime_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "dpop" or not token:
        # Nothing was tried yet, so no error is named (RFC 6750 section 3.1).
        return Response(status_code=401, headers={**PRIVATE, "WWW-Authenticate": f'DPoP algs="{ALGORITHM}"'})
    claims = await userinfo(
        token,
        method=request.method,
        proofs=request.headers.getlist("dpop"),
        provider=runtime.provider,
        at=runtime.clock(),
    )
    return private_json(claims)


async def _call(request: Request) -> tuple[dict[str, str], Runtime, dt.datetime]:
    runtime = runtime_of(request)
    at = runtime.clock()
    # Before any signature is checked: checking is what an attacker would make us do.
    runtime.limit.count(f"{request.url.path} {caller_of(request)}", at=at)
    return await read_form(request), runtime, at
