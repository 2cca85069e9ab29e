"""Signed tokens, more strictly than the library reads them.

joserfc accepts base64 that has padding or stray bits, so that one token has several spellings, and a replay
store keyed by the text would miss the second. Here a token has exactly one spelling, one algorithm and no
extension header.
"""

import json
import re
from typing import Any, NamedTuple

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

ALGORITHM = "ES256"
MAX_TOKEN_LENGTH = 4096
PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
COORDINATE_BYTES = 32

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


class MalformedToken(ValueError):  # noqa: N818 -- read aloud: "raises MalformedToken"
    """The text is not one signed ES256 token in its only spelling; the message is a stable word."""


class SignedToken(NamedTuple):
    """A token that was read but whose signature is not yet checked."""

    text: str
    header: dict[str, Any]
    claims: dict[str, Any]


def read(text: str) -> SignedToken:
    """Return the parts of a compact ES256 JWS (RFC 7515 section 7.1) with JSON objects inside.

    Nothing in it may be believed before `verify`. Raises `MalformedToken` for any other algorithm ("none"
    included), a `crit` header, a second spelling of the base64, or repeated JSON members.
    """
    parts = text.split(".")
    if len(text) > MAX_TOKEN_LENGTH or len(parts) != 3:  # noqa: PLR2004 -- header, payload, signature
        raise MalformedToken("not-a-compact-token")
    header, claims, _ = (_canonical_bytes(part) for part in parts)
    token = SignedToken(text, _json_object(header), _json_object(claims))
    if token.header.get("alg") != ALGORITHM:
        raise MalformedToken("algorithm-not-allowed")
    if "crit" in token.header or "b64" in token.header:
        raise MalformedToken("header-extension-not-allowed")
    return token


def verify(token: SignedToken, key: ECKey) -> None:
    """Check the signature of a token that was read. Raises `MalformedToken` if it is not by `key`."""
    try:
        jws.deserialize_compact(token.text, key, [ALGORITHM])
    except JoseError as error:
        raise MalformedToken("signature-wrong") from error


def sign(claims: dict[str, Any], key: ECKey, *, kind: str) -> str:
    """Return the claims as a compact ES256 token with the header `typ` set to `kind`."""
    return jwt.encode({"alg": ALGORITHM, "kid": key_id(key), "typ": kind}, claims, key, [ALGORITHM])


def public_key(jwk: object) -> ECKey:
    """Return a public P-256 key from a JWK (RFC 7518 section 6.2.1).

    Raises `MalformedToken` for another key type or curve, a point that is not on the curve, a coordinate of
    the wrong length, and for a key that carries its private half: whoever sends that has lost it.
    """
    if not isinstance(jwk, dict) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise MalformedToken("key-type-not-allowed")
    if PRIVATE_MEMBERS & jwk.keys():
        raise MalformedToken("private-key-shown")
    for coordinate in (jwk.get("x"), jwk.get("y")):
        if not isinstance(coordinate, str) or len(_canonical_bytes(coordinate)) != COORDINATE_BYTES:
            raise MalformedToken("key-coordinate-wrong")
    try:
        key = ECKey.import_key({name: jwk[name] for name in ("kty", "crv", "x", "y")})
        key.public_key  # noqa: B018 -- the point is checked when the library first builds it
    except (JoseError, ValueError) as error:
        raise MalformedToken("key-not-on-curve") from error
    return key


def key_id(key: ECKey) -> str:
    """Return the identifier a key was given, else its RFC 7638 SHA-256 thumbprint."""
    return key.kid or key.thumbprint()


def encode(raw: bytes) -> str:
    """Return base64url without padding."""
    return urlsafe_b64encode(raw).decode()


def _canonical_bytes(text: str) -> bytes:
    if not _BASE64URL.fullmatch(text):
        raise MalformedToken("base64-wrong")
    try:
        raw = urlsafe_b64decode(text.encode())
    except ValueError as error:
        raise MalformedToken("base64-wrong") from error
    if encode(raw) != text:
        raise MalformedToken("base64-wrong")
    return raw


def _json_object(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw, object_pairs_hook=_unique_members, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise MalformedToken("json-wrong") from error
    if not isinstance(value, dict):
        raise MalformedToken("json-wrong")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are not JSON, and no comparison with them holds


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("repeated member")
    return value
