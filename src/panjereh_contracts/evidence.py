"""What a node writes into its log: a salted hash of what was signed, which tells nothing by itself.

Whoever holds the receipt (salt, signature base, signature) can open one leaf; nobody can guess its content
from the log, however few the possible messages are, and erasing the receipt leaves only noise behind.
"""

import hmac
from enum import StrEnum
from typing import Final

SALT_BYTES: Final = 16
_DOMAIN: Final = b"panjereh-exchange-leaf/1\n"


class Direction(StrEnum):
    """Which half of an exchange a leaf stands for."""

    REQUEST = "request"
    RESPONSE = "response"


def make_leaf(direction: Direction, *, base: str, signature: str, salt: bytes) -> bytes:
    """Return the log entry for one signed message: domain line, direction, HMAC-SHA-256(salt, evidence).

    `base` and `signature` are those of RFC 9421; the response's base contains the request's signature, so a
    response leaf is bound to its request. `ValueError` if the salt has not `SALT_BYTES` bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    evidence = f"{direction}\n{base}\n{signature}".encode("ascii")
    return _DOMAIN + direction.encode() + b"\n" + hmac.digest(salt, evidence, "sha256")
