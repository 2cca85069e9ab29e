"""What an access token opens, what it is worth, and how it ends."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from panjereh_idp.flows.callers import accept_proof, authenticate_client
from panjereh_idp.flows.provider import LiveToken, Provider
from panjereh_idp.protocol.clients import ClientRole
from panjereh_idp.protocol.refusals import InvalidRequest, InvalidToken
from panjereh_idp.protocol.secrets_at_rest import digest
from panjereh_idp.protocol.subjects import subject_of
from panjereh_idp.protocol.tokens import audience_of, introspection, user_claims


async def userinfo(
    access_token: str, *, method: str, proofs: Sequence[str], provider: Provider, at: dt.datetime
) -> dict[str, Any]:
    """Return the claims about the person to whoever holds the token and its key (RFC 9449 section 7)."""
    jkt = await accept_proof(
        proofs, method=method, path="/userinfo", provider=provider, at=at, access_token=access_token
    )
    token = await provider.store.find_token(digest(access_token), at=at)
    if token is None:
        raise InvalidToken("token-not-live")
    if token.jkt != jkt:
        raise InvalidToken("token-bound-to-another-key")
    return user_claims(token.grant)


async def introspect(form: Mapping[str, str], *, provider: Provider, at: dt.datetime) -> dict[str, Any]:
    """Tell an authenticated client about a token (RFC 7662): its own, or any for a resource server.

    Everything else is the same `active: false`, so that nobody learns which tokens exist.
    """
    client = await authenticate_client(form, provider=provider, at=at)
    token: LiveToken | None = await provider.store.find_token(digest(_token(form)), at=at)
    may_see = token is not None and (
        token.grant.client_id == client.client_id or ClientRole.RESOURCE_SERVER in client.roles
    )
    if token is None or not may_see:
        return {"active": False}
    # The person as the one who asks knows them: a client's pairwise name is of no use to a resource server.
    account_id = token.grant.authentication.account_id
    return introspection(
        token.grant,
        subject=subject_of(account_id, client=client, pairwise_key=provider.pairwise_key),
        audience=audience_of(token.grant, provider.clients),
        jkt=token.jkt,
        issuer=provider.issuer,
        issued_at=token.issued_at,
        expires_at=token.expires_at,
    )


async def revoke(form: Mapping[str, str], *, provider: Provider, at: dt.datetime) -> None:
    """End a token of the calling client (RFC 7009), a refresh token with all that came of it.

    An unknown or foreign token is no error.
    """
    client = await authenticate_client(form, provider=provider, at=at)
    await provider.store.revoke_token(digest(_token(form)), client_id=client.client_id, at=at)


def _token(form: Mapping[str, str]) -> str:
    if not form.get("token"):
        raise InvalidRequest("token-missing")
    return form["token"]
