"""The one who exchanges a code must be the one who asked for it: PKCE with S256 (RFC 7636)."""

import hashlib
import hmac
import re

from panjereh_idp.protocol import jose
from panjereh_idp.protocol.refusals import InvalidGrant

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636 section 4.2)."""
    return jose.encode(hashlib.sha256(verifier.encode()).digest())


def check_verifier(verifier: str, challenge: str) -> None:
    """Raise `InvalidGrant` unless the verifier is well formed and its S256 hash is the challenge."""
    if not _VERIFIER.fullmatch(verifier) or not hmac.compare_digest(challenge_of(verifier), challenge):
        raise InvalidGrant("code-verifier-wrong")
