"""What a client gets: the signed identity token, the answers about an access token, the logout hint."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from joserfc.jwk import ECKey

from panjereh_idp.protocol import jose
from panjereh_idp.protocol.clients import Client
from panjereh_idp.protocol.login import Authentication
from panjereh_idp.protocol.refusals import BrowserCannotContinue, InvalidScope

CODE_LIFE = dt.timedelta(seconds=60)
ACCESS_TOKEN_LIFE = dt.timedelta(minutes=10)
ID_TOKEN_LIFE = dt.timedelta(minutes=5)
IAL_CLAIM = "ial"


@dataclass(frozen=True, slots=True)
class Grant:
    """What was granted to a client in one sign-in. `session_id` is the single sign-on session behind it.

    `consent_id` is the kept consent it ends with; None for what one token holds only.
    """

    client_id: str
    subject: str
    scope: str
    session_id: UUID
    authentication: Authentication
    consent_id: UUID | None = None


def id_token(grant: Grant, *, nonce: str | None, issuer: str, key: ECKey, at: dt.datetime) -> str:
    """Return the signed identity token (OpenID Connect Core section 2).

    `acr` is the level of authentication, `ial` the level of proofing: two axes, so that a new telephone does
    not ask anybody to prove who she is again.
    """
    issued = int(at.timestamp())
    claims: dict[str, Any] = {
        "iss": issuer,
        "sub": grant.subject,
        "aud": grant.client_id,
        "iat": issued,
        "exp": issued + int(ID_TOKEN_LIFE.total_seconds()),
        "auth_time": int(grant.authentication.auth_at.timestamp()),
        "acr": str(grant.authentication.acr),
        "amr": list(grant.authentication.amr),
        IAL_CLAIM: grant.authentication.ial,
        "sid": str(grant.session_id),
    }
    if nonce is not None:
        claims["nonce"] = nonce
    return jose.sign(claims, key, kind="JWT")


def user_claims(grant: Grant) -> dict[str, Any]:
    """Return the answer of the userinfo endpoint: the provider knows no more about a person."""
    return {
        "sub": grant.subject,
        "acr": str(grant.authentication.acr),
        IAL_CLAIM: grant.authentication.ial,
    }


def narrowed(grant: Grant, wanted: str | None) -> str:
    """Return the scope of a refreshed token: all that was granted, or the part a client wants.

    Raises `InvalidScope` for anything more (RFC 6749 section 6).
    """
    if wanted is None:
        return grant.scope
    scopes = set(wanted.split(" "))
    if not scopes <= set(grant.scope.split(" ")):
        raise InvalidScope("scope-not-granted")
    return " ".join(sorted(scopes))


def audience_of(grant: Grant, clients: Mapping[str, Client]) -> list[str]:
    """Return the resource servers a token is for: those that answer to one of its scopes."""
    scopes = set(grant.scope.split(" "))
    return sorted(client.client_id for client in clients.values() if client.offers & scopes)


def introspection(
    grant: Grant,
    *,
    subject: str,
    audience: Sequence[str],
    jkt: str,
    issuer: str,
    issued_at: dt.datetime,
    expires_at: dt.datetime,
) -> dict[str, Any]:
    """Return the answer about a live token (RFC 7662 section 2.2, RFC 9449 section 6.2)."""
    return {
        "active": True,
        "iss": issuer,
        "client_id": grant.client_id,
        "sub": subject,
        "aud": list(audience),
        "scope": grant.scope,
        "token_type": "DPoP",
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        "auth_time": int(grant.authentication.auth_at.timestamp()),
        "acr": str(grant.authentication.acr),
        "cnf": {"jkt": jkt},
    }


@dataclass(frozen=True, slots=True)
class LogoutHint:
    """Whose session a client wants to end."""

    client_id: str
    session_id: UUID


def read_logout_hint(hint: str, *, issuer: str, keys: Mapping[str, ECKey]) -> LogoutHint:
    """Read an identity token handed back to end its session (RP-Initiated Logout 1.0 section 2).

    It may be expired: sessions outlive it. Raises `BrowserCannotContinue` if we did not sign it.
    """
    try:
        token = jose.read(hint)
        key = keys.get(str(token.header.get("kid")))
        if key is None or token.header.get("typ") != "JWT":
            raise BrowserCannotContinue("logout-hint-wrong")
        jose.verify(token, key)
    except jose.MalformedToken as error:
        raise BrowserCannotContinue("logout-hint-wrong") from error
    if token.claims.get("iss") != issuer:
        raise BrowserCannotContinue("logout-hint-wrong")
    return LogoutHint(client_id=str(token.claims["aud"]), session_id=UUID(token.claims["sid"]))
