"""A code becomes tokens, once, for the client and the key that asked for it (RFC 6749 section 4.1.3)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from panjereh_idp.flows.callers import accept_proof, authenticate_client
from panjereh_idp.flows.provider import Provider, StoredCode
from panjereh_idp.protocol import pkce
from panjereh_idp.protocol.clients import Client
from panjereh_idp.protocol.refusals import (
    InvalidDpopProof,
    InvalidGrant,
    InvalidRequest,
    UnsupportedGrantType,
)
from panjereh_idp.protocol.secrets_at_rest import digest
from panjereh_idp.protocol.tokens import ACCESS_TOKEN_LIFE, CODE_LIFE, id_token


async def exchange_code(
    form: Mapping[str, str], *, proofs: Sequence[str], provider: Provider, at: dt.datetime
) -> dict[str, Any]:
    """Return the token response for a code.

    A code that comes a second time was stolen or copied: the tokens of the first time are revoked
    (RFC 6749 section 4.1.2). A wrong try by another client or key leaves the code as it is.
    """
    client = await authenticate_client(form, provider=provider, at=at)
    if form.get("grant_type") != "authorization_code":
        raise UnsupportedGrantType("grant-type-must-be-authorization-code")
    jkt = await accept_proof(proofs, method="POST", path="/token", provider=provider, at=at)
    code = digest(_required(form, "code"))
    stored = await provider.store.find_code(code)
    if stored is None:
        raise InvalidGrant("code-not-known")
    _check_exchange(stored, form, client=client, jkt=jkt)
    return await _redeem(code, stored, jkt=jkt, provider=provider, at=at)


async def _redeem(
    code: bytes, stored: StoredCode, *, jkt: str, provider: Provider, at: dt.datetime
) -> dict[str, Any]:
    if at >= stored.issued_at + CODE_LIFE:
        # May be a late copy of a used code as well: then its tokens must go.
        await provider.store.revoke_code(code)
        raise InvalidGrant("code-expired")
    token = provider.draw()
    if not await provider.store.redeem_code(code, token=digest(token), jkt=jkt, at=at):
        await provider.store.revoke_code(code)
        raise InvalidGrant("code-used-before")
    return {
        "access_token": token,
        "token_type": "DPoP",
        "expires_in": int(ACCESS_TOKEN_LIFE.total_seconds()),
        "scope": stored.grant.scope,
        "id_token": id_token(
            stored.grant,
            nonce=stored.request.nonce,
            issuer=provider.issuer,
            key=provider.signing_key,
            at=at,
        ),
    }


def _check_exchange(stored: StoredCode, form: Mapping[str, str], *, client: Client, jkt: str) -> None:
    if stored.grant.client_id != client.client_id:
        raise InvalidGrant("code-of-another-client")
    if _required(form, "redirect_uri") != stored.request.redirect_uri:
        raise InvalidGrant("redirect-uri-of-another-request")
    pkce.check_verifier(_required(form, "code_verifier"), stored.request.code_challenge)
    if stored.request.dpop_jkt not in (None, jkt):
        raise InvalidDpopProof("code-bound-to-another-key")


def _required(form: Mapping[str, str], name: str) -> str:
    if not form.get(name):
        raise InvalidRequest(f"{name.replace('_', '-')}-missing")
    return form[name]
