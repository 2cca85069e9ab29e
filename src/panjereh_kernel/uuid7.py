"""Time-ordered identifiers, RFC 9562 section 5.7, from a time and a draw handed in."""

import datetime as dt
from uuid import UUID

RANDOM_BYTES = 10
# Version 7 and the variant stand in six of the bits behind the time.
_MARKED = 0xF << 76 | 0x3 << 62
_MARKS = 0x7 << 76 | 0x2 << 62


def make_uuid7(at: dt.datetime, *, entropy: bytes) -> UUID:
    """Return the version 7 UUID of the instant `at` (aware, millisecond precision) and ten random bytes.

    Raises `ValueError` for a naive instant, an instant before 1970 or another number of bytes.
    """
    if at.tzinfo is None or len(entropy) != RANDOM_BYTES:
        raise ValueError("an aware instant and ten bytes are needed")
    milliseconds = int(at.timestamp() * 1000)
    if not 0 <= milliseconds < 1 << 48:
        raise ValueError("the instant does not fit in 48 bits of milliseconds")
    drawn = int.from_bytes(entropy, "big")
    return UUID(int=milliseconds << 80 | drawn & ~_MARKED | _MARKS)
