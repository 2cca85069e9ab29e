"""A code becomes tokens, once, for the client and the key that asked for it (RFC 6749 section 4.1.3).

What a person allowed for longer comes with a refresh token (section 6). It stays the same: it is of use only
to its client and with its key, so that rotating it would protect nothing and lose it with a lost answer
(FAPI 2.0 section 5.3.2.1).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from panjereh_idp.flows.callers import accept_proof, authenticate_client
from panjereh_idp.flows.provider import NewRefreshToken, Provider, StoredCode
from panjereh_idp.protocol import pkce
from panjereh_idp.protocol.clients import Client
from panjereh_idp.protocol.refusals import (
    InvalidDpopProof,
    InvalidGrant,
    InvalidRequest,
    RefreshTokenMisused,
    UnsupportedGrantType,
)
from panjereh_idp.protocol.secrets_at_rest import digest
from panjereh_idp.protocol.tokens import ACCESS_TOKEN_LIFE, CODE_LIFE, id_token, narrowed


async def issue_tokens(
    form: Mapping[str, str], *, proofs: Sequence[str], provider: Provider, at: dt.datetime
) -> dict[str, Any]:
    """Return the token response for a code or a refresh token.

    A code that comes a second time was stolen or copied: the tokens of the first time are revoked
    (RFC 6749 section 4.1.2). A wrong try by another client or key leaves the code or token as it is.
    """
    client = await authenticate_client(form, provider=provider, at=at)
    grant_type = form.get("grant_type")
    if grant_type not in ("authorization_code", "refresh_token"):
        raise UnsupportedGrantType("grant-type-must-be-authorization-code-or-refresh-token")
    jkt = await accept_proof(proofs, method="POST", path="/token", provider=provider, at=at)
    if grant_type == "refresh_token":
        return await _refresh(form, client=client, jkt=jkt, provider=provider, at=at)
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
        await provider.store.revoke_code(code, at=at)
        raise InvalidGrant("code-expired")
    if stored.grant.consent_id is not None and (stored.consent_until is None or stored.consent_until <= at):
        raise InvalidGrant("consent-ended")
    token, refresh = provider.draw(), provider.draw()
    new = None
    if stored.consent_until is not None:
        new = NewRefreshToken(digest(refresh), min(stored.consent_until, at + provider.refresh_life))
    if not await provider.store.redeem_code(code, token=digest(token), refresh=new, jkt=jkt, at=at):
        await provider.store.revoke_code(code, at=at)
        raise InvalidGrant("code-used-before")
    return {
        **_access(token, scope=stored.grant.scope, ends_at=new.expires_at if new else None, at=at),
        **({"refresh_token": refresh} if new else {}),
        "id_token": id_token(
            stored.grant,
            nonce=stored.request.nonce,
            issuer=provider.issuer,
            key=provider.signing_key,
            at=at,
        ),
    }


async def _refresh(
    form: Mapping[str, str], *, client: Client, jkt: str, provider: Provider, at: dt.datetime
) -> dict[str, Any]:
    refresh = digest(_required(form, "refresh_token"))
    stored = await provider.store.find_refresh_token(refresh)
    if stored is None:
        raise InvalidGrant("refresh-token-not-known")
    if stored.grant.client_id != client.client_id:
        raise RefreshTokenMisused("refresh-token-of-another-client", client_id=client.client_id)
    if stored.jkt != jkt:
        raise RefreshTokenMisused("refresh-token-bound-to-another-key", client_id=client.client_id)
    if stored.is_over:
        raise RefreshTokenMisused("refresh-token-ended", client_id=client.client_id)
    if stored.expires_at <= at:
        raise InvalidGrant("refresh-token-expired")
    scope, token = narrowed(stored.grant, form.get("scope")), provider.draw()
    if not await provider.store.issue_token(digest(token), refresh=refresh, scope=scope, jkt=jkt, at=at):
        raise InvalidGrant("refresh-token-ended")
    return _access(token, scope=scope, ends_at=stored.expires_at, at=at)


def _access(token: str, *, scope: str, ends_at: dt.datetime | None, at: dt.datetime) -> dict[str, Any]:
    """Return what a client is told of an access token; none outlives what it was made from."""
    life = ACCESS_TOKEN_LIFE if ends_at is None else min(ACCESS_TOKEN_LIFE, ends_at - at)
    return {
        "access_token": token,
        "token_type": "DPoP",
        "expires_in": int(life.total_seconds()),
        "scope": scope,
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
