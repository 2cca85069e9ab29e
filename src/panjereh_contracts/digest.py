"""Content-Digest (RFC 9530): the body's fingerprint that the signature covers."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Any, Final

from panjereh_contracts.faults import ExchangeRefusal

CONTENT_DIGEST: Final = "content-digest"
_ALGORITHMS: Final[dict[str, Callable[[bytes], Any]]] = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}
_MEMBER = re.compile(r"([a-z][a-z0-9-]{0,31})=:([A-Za-z0-9+/]{1,200}={0,2}):")
_MAX_FIELD = 1024


class DigestMismatch(ExchangeRefusal):
    """The body is not the one whose digest was given, or no digest was given that can be checked."""

    code = "exchange-digest-mismatch"
    fault = "signature_verification"


def content_digest(body: bytes, *, algorithm: str = "sha-256") -> str:
    """Return the field value for `body`, e.g. `sha-256=:…:` (RFC 9530 section 2)."""
    digest = _ALGORITHMS[algorithm](body).digest()
    return f"{algorithm}=:{base64.b64encode(digest).decode()}:"


def _members(field: str) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    for text in field.split(","):
        match = _MEMBER.fullmatch(text.strip(" \t"))
        if match is None or match[1] in members:
            raise DigestMismatch
        try:
            members[match[1]] = base64.b64decode(match[2], validate=True)
        except binascii.Error as error:
            raise DigestMismatch from error
    return members


def verify_content_digest(field: str, body: bytes) -> None:
    """Raise `DigestMismatch` unless `field` names at least one known algorithm and every known one agrees.

    Unknown algorithms are passed over, as RFC 9530 section 2 asks; a repeated one is refused.
    """
    if len(field) > _MAX_FIELD:
        raise DigestMismatch
    known = {name: value for name, value in _members(field).items() if name in _ALGORITHMS}
    if not known:
        raise DigestMismatch
    for name, value in known.items():
        if not hmac.compare_digest(value, _ALGORITHMS[name](body).digest()):
            raise DigestMismatch
