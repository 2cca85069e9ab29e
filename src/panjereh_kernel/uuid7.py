"""Time-ordered identifiers, RFC 9562 section 5.7, from a time and a draw handed in."""

import datetime as dt
from uuid import UUID

RANDOM_BYTES = 10


def make_uuid7(at: dt.datetime, *, entropy: bytes) -> UUID:
    """Return the version 7 UUID of the instant `at` (aware, millisecond precision) and ten random bytes.

    Raises `ValueError` for a naive instant, an instant before 1970 or another number of bytes.
    """
    if at.tzinfo is None or len(entropy) != RANDOM_BYTES:
        raise ValueError("an aware instant and ten bytes are needed")
    milliseconds = int(at.timestamp() * 1000)
    if not 0 <= milliseconds < 1 << 48:
        raise ValueError("the instant does not fit in 48 bits of milliseconds")
    raw = bytearray(milliseconds.to_bytes(6, "big") + entropy)
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return UUID(bytes=bytes(raw))
