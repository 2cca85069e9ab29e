"""Codes, tokens and cookies are stored as SHA-256: 256 random bits need no slow hash, and a copy of the
database opens nothing.
"""

import hashlib
import re

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def is_secret(text: str | None) -> bool:
    """Say whether the text can be one of our secrets: 32 bytes in base64url."""
    return text is not None and _SECRET.fullmatch(text) is not None


def digest(secret: str) -> bytes:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode()).digest()
