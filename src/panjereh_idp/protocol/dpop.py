"""Whoever uses a token must hold its key: DPoP (RFC 9449)."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from panjereh_idp.protocol import jose
from panjereh_idp.protocol.refusals import InvalidDpopProof

KIND = "dpop+jwt"
OLDEST_S = 60
NEWEST_S = 10
MAX_JTI_LENGTH = 200


class Proof(NamedTuple):
    """A proof that holds. `jkt` is its key's thumbprint; `jti` must be remembered until `forget_at`."""

    jkt: str
    jti: str
    forget_at: dt.datetime


def verify_proof(
    headers: Sequence[str], *, method: str, url: str, at: dt.datetime, access_token: str | None = None
) -> Proof:
    """Check the DPoP headers of one request as RFC 9449 section 4.3 lists it.

    `url` is the endpoint as the client knows it, without query. With an `access_token` the proof must carry
    its hash in `ath`. The caller must refuse a `jti` it has seen, and compare `jkt` with the key the token is
    bound to. Raises `InvalidDpopProof`.
    """
    if len(headers) != 1:
        raise InvalidDpopProof("exactly-one-proof-needed")
    try:
        token = jose.read(headers[0])
        if token.header.get("typ") != KIND:
            raise InvalidDpopProof("proof-type-wrong")
        key = jose.public_key(token.header.get("jwk"))
        jose.verify(token, key)
    except jose.MalformedToken as error:
        raise InvalidDpopProof(str(error)) from error
    _check_request(token.claims, method=method, url=url, access_token=access_token)
    return Proof(key.thumbprint(), _jti(token.claims), _check_age(token.claims, at))


def token_hash(access_token: str) -> str:
    """Return the `ath` of an access token (RFC 9449 section 4.2)."""
    return jose.encode(hashlib.sha256(access_token.encode()).digest())


def _check_request(claims: dict[str, Any], *, method: str, url: str, access_token: str | None) -> None:
    if claims.get("htm") != method:
        raise InvalidDpopProof("proof-for-another-method")
    if not _is_same_target(claims.get("htu"), url):
        raise InvalidDpopProof("proof-for-another-address")
    if access_token is not None and claims.get("ath") != token_hash(access_token):
        raise InvalidDpopProof("proof-for-another-token")


def _is_same_target(htu: object, url: str) -> bool:
    # Query and fragment are ignored (section 4.3 point 9); beyond that the spelling must be ours.
    if not isinstance(htu, str):
        return False
    try:
        return urlsplit(htu)._replace(query="", fragment="").geturl() == url
    except ValueError:
        return False


def _jti(claims: dict[str, Any]) -> str:
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 0 < len(jti) <= MAX_JTI_LENGTH:
        raise InvalidDpopProof("proof-id-missing")
    return jti


def _check_age(claims: dict[str, Any], at: dt.datetime) -> dt.datetime:
    issued = claims.get("iat")
    if type(issued) is not int:
        raise InvalidDpopProof("proof-time-missing")
    if not -NEWEST_S <= int(at.timestamp()) - issued <= OLDEST_S:
        raise InvalidDpopProof("proof-not-fresh")
    return dt.datetime.fromtimestamp(issued + OLDEST_S + 1, dt.UTC)
