"""ECDSA on P-256 with SHA-256 in the fixed-width form that RFC 9421 and JWS share, and keys as JWK."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from panjereh_contracts.faults import ExchangeRefusal

COORDINATE_BYTES = 32
SIGNATURE_BYTES = 2 * COORDINATE_BYTES
_ALGORITHM = ec.ECDSA(hashes.SHA256())
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


class SignatureInvalid(ExchangeRefusal):
    """A signature is missing, malformed, or not made by the key it names."""

    code = "exchange-signature-invalid"
    fault = "signature_verification"


def encode_base64url(raw: bytes) -> str:
    """Return base64url without padding (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode_base64url(text: str) -> bytes:
    """Read base64url without padding; `ValueError` for any other character and for a second spelling."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # Unused bits must be zero: one value, one spelling.
    if encode_base64url(raw) != text:
        raise ValueError("not canonical base64url")
    return raw


def sign(message: bytes, *, key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the 64 bytes r ‖ s."""
    r, s = decode_dss_signature(key.sign(message, _ALGORITHM))
    return r.to_bytes(COORDINATE_BYTES, "big") + s.to_bytes(COORDINATE_BYTES, "big")


def verify(signature: bytes, message: bytes, *, key: ec.EllipticCurvePublicKey) -> None:
    """Raise `SignatureInvalid` unless `signature` (r ‖ s) over `message` was made by `key`."""
    if len(signature) != SIGNATURE_BYTES:
        raise SignatureInvalid
    r = int.from_bytes(signature[:COORDINATE_BYTES], "big")
    s = int.from_bytes(signature[COORDINATE_BYTES:], "big")
    try:
        key.verify(encode_dss_signature(r, s), message, _ALGORITHM)
    except InvalidSignature as error:
        raise SignatureInvalid from error


def public_key_to_jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """Return the public key as a JWK with the members RFC 7518 section 6.2.1 requires."""
    numbers = key.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": encode_base64url(numbers.x.to_bytes(COORDINATE_BYTES, "big")),
        "y": encode_base64url(numbers.y.to_bytes(COORDINATE_BYTES, "big")),
    }


def public_key_from_jwk(jwk: Mapping[str, object]) -> ec.EllipticCurvePublicKey:
    """Read a public P-256 JWK; `ValueError` if it is none, lies off the curve, or carries a private part."""
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or "d" in jwk:
        raise ValueError("a public P-256 key is needed")
    coordinates = []
    for name in ("x", "y"):
        text = jwk.get(name)
        raw = decode_base64url(text) if isinstance(text, str) else b""
        if len(raw) != COORDINATE_BYTES:
            raise ValueError("a coordinate has 32 bytes")
        coordinates.append(int.from_bytes(raw, "big"))
    x, y = coordinates
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def thumbprint(key: ec.EllipticCurvePublicKey) -> str:
    """Return the RFC 7638 thumbprint, the usual `kid`."""
    text = json.dumps(public_key_to_jwk(key), sort_keys=True, separators=(",", ":"))
    return encode_base64url(hashlib.sha256(text.encode()).digest())
