"""Prove to the identity provider which client speaks, and which key a token is bound to."""

import datetime as dt
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode

ALGORITHM = "ES256"
ASSERTION_LIFE_S = 60
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@cache
def client_key(path: Path) -> ECKey:
    """Return the private P-256 key of a client, read once from a PEM (PKCS#8) or JWK file.

    The key identifier is the RFC 7638 thumbprint unless a JWK names another.
    """
    text = path.read_text(encoding="ascii")
    key = ECKey.import_key(json.loads(text) if text.lstrip().startswith("{") else text)
    if key.curve_name != "P-256" or not key.is_private:
        raise ValueError(f"{path.name} does not hold a private P-256 key")
    return key


def client_assertion(*, client_id: str, key: ECKey, audience: str, jti: str, at: dt.datetime) -> str:
    """Return a one-time statement "I am this client" (RFC 7523 section 3; the audience is the issuer)."""
    issued = int(at.timestamp())
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "jti": jti,
        "iat": issued,
        "exp": issued + ASSERTION_LIFE_S,
    }
    header = {"alg": ALGORITHM, "kid": key.kid or key.thumbprint()}
    return jwt.encode(header, claims, key, [ALGORITHM])


def dpop_proof(*, key: ECKey, method: str, url: str, jti: str, at: dt.datetime) -> str:
    """Return a proof of possession for one request (RFC 9449 section 4.2)."""
    header = {"alg": ALGORITHM, "typ": "dpop+jwt", "jwk": _public_jwk(key)}
    claims = {"htm": method, "htu": url, "jti": jti, "iat": int(at.timestamp())}
    return jwt.encode(header, claims, key, [ALGORITHM])


def new_dpop_key() -> dict[str, str]:
    """Return a fresh private key as a JWK, so that it can wait in the session for the callback."""
    exported = ECKey.generate_key("P-256").as_dict(private=True)
    return {name: str(exported[name]) for name in ("kty", "crv", "x", "y", "d")}


def dpop_key(jwk: dict[str, str]) -> ECKey:
    """Return the key that waited in the session."""
    return ECKey.import_key(dict(jwk))


def code_challenge(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636 section 4.2)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode()


def _public_jwk(key: ECKey) -> dict[str, Any]:
    exported = key.as_dict(private=False)
    return {name: exported[name] for name in ("kty", "crv", "x", "y")}
