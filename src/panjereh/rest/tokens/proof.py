"""Proof of possession (RFC 9449 section 4.3): whoever brings a token must hold the key it was made for."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode

from panjereh.plumbing.client_keys import ALGORITHM
from panjereh.rest.tokens.refusals import ProofNotGood

OLDEST_S, NEWEST_S = 60, 10
LONGEST, LONGEST_ID = 4096, 200
_PUBLIC = {"kty", "crv", "x", "y"}


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that holds: of which key, and a mark that must not be seen again until `forget_at`."""

    jkt: str
    mark: bytes
    forget_at: dt.datetime


def read_proof(text: str, *, method: str, url: str, token: str, at: dt.datetime) -> Proof:
    """Return what the `DPoP` header proves. Raises `ProofNotGood`.

    `url` is the address as the caller knows it, without query. The caller of this must refuse a mark it has
    seen, and compare the key with the one the token is bound to.
    """
    header, claims = _verified(text)
    if header.get("typ") != "dpop+jwt" or claims.get("htm") != method:
        raise ProofNotGood
    if _without_query(claims.get("htu")) != url or claims.get("ath") != _hash(token):
        raise ProofNotGood
    jti, issued = claims.get("jti"), claims.get("iat")
    if not isinstance(jti, str) or not 0 < len(jti) <= LONGEST_ID or type(issued) is not int:
        raise ProofNotGood
    if not -NEWEST_S <= int(at.timestamp()) - issued <= OLDEST_S:
        raise ProofNotGood
    jkt = ECKey.import_key(header["jwk"]).thumbprint()
    mark = hashlib.sha256(f"dpop {jkt} {jti}".encode()).digest()
    return Proof(jkt, mark, dt.datetime.fromtimestamp(issued + OLDEST_S + 1, dt.UTC))


def _verified(text: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    if len(text) > LONGEST:
        raise ProofNotGood
    try:
        jwk = jws.extract_compact(text.encode("ascii")).headers().get("jwk")
        if not isinstance(jwk, dict) or jwk.keys() - {"kid", "use", "alg"} != _PUBLIC:
            raise ProofNotGood
        key = ECKey.import_key(jwk)
        if key.curve_name != "P-256":
            raise ProofNotGood
        # Only the one algorithm, whatever the header says: "none" and keyed hashes are no signatures.
        token = jwt.decode(text, key, [ALGORITHM])
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ProofNotGood from error
    return token.header, token.claims


def _without_query(htu: object) -> str:
    try:
        return urlsplit(str(htu))._replace(query="", fragment="").geturl()
    except ValueError as error:
        raise ProofNotGood from error


def _hash(token: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).decode()
