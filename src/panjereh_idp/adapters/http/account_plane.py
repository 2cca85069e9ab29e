"""The login-challenge API: JSON, each call with a fresh client assertion as its bearer token."""

import datetime as dt

from starlette.requests import Request
from starlette.responses import JSONResponse

from panjereh_idp.adapters.http.answers import private_json
from panjereh_idp.adapters.http.forms import read_json
from panjereh_idp.adapters.http.runtime import Runtime, runtime_of
from panjereh_idp.flows import account_plane
from panjereh_idp.flows.callers import authenticate_account_plane
from panjereh_idp.protocol.refusals import InvalidClient


async def describe_endpoint(request: Request) -> JSONResponse:
    """GET /account-plane/login-challenges/{challenge}."""
    runtime, at = await _call(request)
    challenge = request.path_params["challenge"]
    return private_json(await account_plane.describe_login(challenge, provider=runtime.provider, at=at))


async def accept_endpoint(request: Request) -> JSONResponse:
    """POST /account-plane/login-challenges/{challenge}/accept."""
    runtime, at = await _call(request)
    challenge, document = request.path_params["challenge"], await read_json(request)
    return private_json(
        await account_plane.accept_login(challenge, document, provider=runtime.provider, at=at)
    )


async def reject_endpoint(request: Request) -> JSONResponse:
    """POST /account-plane/login-challenges/{challenge}/reject."""
    runtime, at = await _call(request)
    challenge, document = request.path_params["challenge"], await read_json(request)
    return private_json(
        await account_plane.reject_login(challenge, document, provider=runtime.provider, at=at)
    )


async def sessions_endpoint(request: Request) -> JSONResponse:
    """GET and DELETE /account-plane/accounts/{account_id}/sessions."""
    runtime, at = await _call(request)
    account_id = request.path_params["account_id"]
    if request.method == "DELETE":
        return private_json(await account_plane.end_sessions(account_id, provider=runtime.provider))
    return private_json(await account_plane.list_sessions(account_id, provider=runtime.provider, at=at))


async def consent_endpoint(request: Request) -> JSONResponse:
    """DELETE /account-plane/consents/{consent_id}."""
    runtime, at = await _call(request)
    consent_id = request.path_params["consent_id"]
    return private_json(await account_plane.end_consent(consent_id, provider=runtime.provider, at=at))


async def _call(request: Request) -> tuple[Runtime, dt.datetime]:
    runtime = runtime_of(request)
    at = runtime.clock()
    scheme, _, assertion = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise InvalidClient("client-assertion-missing")
    await authenticate_account_plane(assertion, provider=runtime.provider, at=at)
    return runtime, at
