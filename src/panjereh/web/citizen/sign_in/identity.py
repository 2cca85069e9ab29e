"""What the identity provider says about a person, checked as OpenID Connect Core section 3.1.3.7 lists it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from panjereh.plumbing.client_keys import ALGORITHM
from panjereh.web.citizen.sign_in.starts import Start
from panjereh_kernel.refusal import PeerError

CLOCK_SKEW_S = 30


class IdentityTokenWrong(PeerError):  # noqa: N818 -- reads as what happened
    """The identity token does not hold; the message says what is wrong with it."""

    code = "identity-token-wrong"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, how strongly (`acr`), how surely known (`ial`), when, and in which session (`sid`)."""

    account_id: UUID
    acr: int
    ial: int
    auth_at: int
    sid: str


def read_identity(
    id_token: str, *, key_set: KeySet, issuer: str, client_id: str, start: Start, at: dt.datetime
) -> Identity:
    """Return the identity in a token that answers this start. Raises `IdentityTokenWrong`."""
    claims = _signed_claims(id_token, key_set)
    _check(claims.get("iss") == issuer, "issuer")
    _check(claims.get("aud") == client_id, "audience")
    _check(claims.get("nonce") == start.nonce, "nonce")
    expires, auth_at = claims.get("exp"), claims.get("auth_time")
    _check(type(expires) is int and at.timestamp() < expires + CLOCK_SKEW_S, "expired")
    _check(type(auth_at) is int and auth_at <= at.timestamp() + CLOCK_SKEW_S, "auth_time")
    identity = _identity(claims)
    _check(identity.acr >= start.acr, "acr")
    if start.max_age_s is not None:
        started = dt.datetime.fromisoformat(start.started_at).timestamp()
        _check(identity.auth_at >= started - start.max_age_s - CLOCK_SKEW_S, "max_age")
    return identity


def _signed_claims(id_token: str, key_set: KeySet) -> dict[str, Any]:
    try:
        return dict(jwt.decode(id_token, key_set, [ALGORITHM]).claims)
    except (JoseError, ValueError) as error:
        raise IdentityTokenWrong("signature") from error


def _identity(claims: dict[str, Any]) -> Identity:
    try:
        return Identity(
            account_id=UUID(claims["sub"]),
            acr=int(claims["acr"]),
            ial=int(claims["ial"]),
            auth_at=int(claims["auth_time"]),
            sid=str(claims["sid"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise IdentityTokenWrong("claims") from error


def _check(holds: bool, what: str) -> None:  # noqa: FBT001 -- a condition, not a mode
    if not holds:
        raise IdentityTokenWrong(what)
