"""Who calls, and with which key: each proof counts once."""

import datetime as dt
from collections.abc import Mapping, Sequence

from panjereh_idp.flows.provider import Provider
from panjereh_idp.protocol import client_assertion, dpop
from panjereh_idp.protocol.clients import Client, ClientRole
from panjereh_idp.protocol.refusals import AccessDenied, InvalidClient, InvalidDpopProof
from panjereh_idp.protocol.secrets_at_rest import digest


async def authenticate_client(form: Mapping[str, str], *, provider: Provider, at: dt.datetime) -> Client:
    """Return the client whose assertion is in the form. Raises `InvalidClient`, also for a replay."""
    if form.get("client_assertion_type") != client_assertion.ASSERTION_TYPE or "client_assertion" not in form:
        raise InvalidClient("client-assertion-missing")
    if "client_secret" in form:
        raise InvalidClient("client-secret-not-allowed")
    client = await _client_of(form["client_assertion"], provider=provider, at=at)
    if form.get("client_id", client.client_id) != client.client_id:
        raise InvalidClient("client-id-of-another-client")
    return client


async def authenticate_account_plane(assertion: str, *, provider: Provider, at: dt.datetime) -> Client:
    """Return the client that may answer logins. Raises `InvalidClient`, `AccessDenied`."""
    client = await _client_of(assertion, provider=provider, at=at)
    if ClientRole.ACCOUNT_PLANE not in client.roles:
        raise AccessDenied("not-the-account-plane")
    return client


async def accept_proof(
    headers: Sequence[str],
    *,
    method: str,
    path: str,
    provider: Provider,
    at: dt.datetime,
    access_token: str | None = None,
) -> str:
    """Return the thumbprint of the key the caller holds. Raises `InvalidDpopProof`, also for a replay."""
    url = provider.issuer + path
    proof = dpop.verify_proof(headers, method=method, url=url, at=at, access_token=access_token)
    mark = digest(f"dpop {proof.jkt} {proof.jti}")
    if not await provider.store.remember_once(mark, forget_at=proof.forget_at):
        raise InvalidDpopProof("proof-used-before")
    return proof.jkt


async def _client_of(assertion: str, *, provider: Provider, at: dt.datetime) -> Client:
    proven = client_assertion.verify_assertion(
        assertion, clients=provider.clients, issuer=provider.issuer, at=at
    )
    mark = digest(f"assertion {proven.client.client_id} {proven.jti}")
    if not await provider.store.remember_once(mark, forget_at=proven.forget_at):
        raise InvalidClient("assertion-used-before")
    return proven.client
