"""The journal of a log: appended entries that no published tile holds yet, framed so that a torn write is
seen.

A frame is written with one write and one sync before the next begins, so only the last one can be torn. A
bad frame with a good one behind it is therefore not an accident of the machine, and is reported instead of
repaired.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from panjereh_tlog.tiles import pack_entries, parse_entries

_MAGIC: Final = b"PjTl"
_DIGEST_BYTES: Final = 32
_HEAD_BYTES: Final = len(_MAGIC) + 8 + 4 + 4 + _DIGEST_BYTES


class JournalError(Exception):
    """A frame is bad and a good one follows it: somebody changed the file."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One batch: the index of its first entry, and its entries."""

    start: int
    entries: list[bytes]


def pack_frame(start: int, entries: Sequence[bytes]) -> bytes:
    """Return the frame of one batch whose first entry has the index `start`.

    Raises `ValueError` for a too long entry.
    """
    payload = pack_entries(entries)
    counted = start.to_bytes(8, "big") + len(entries).to_bytes(4, "big") + len(payload).to_bytes(4, "big")
    return _MAGIC + counted + hashlib.sha256(counted + payload).digest() + payload


def parse_frames(raw: bytes) -> tuple[list[Frame], int]:
    """Return the whole frames of a journal and how many bytes they take; what lies behind is a torn write.

    Raises `JournalError` if a whole frame lies behind a bad one.
    """
    frames: list[Frame] = []
    good = 0
    while (parsed := _parse_frame(raw, good)) is not None:
        frame, good = parsed
        frames.append(frame)
    at = raw.find(_MAGIC, good + 1)
    while at >= 0:
        if _parse_frame(raw, at) is not None:
            raise JournalError(f"a bad frame at byte {good} with a good one behind it")
        at = raw.find(_MAGIC, at + 1)
    return frames, good


def _parse_frame(raw: bytes, at: int) -> tuple[Frame, int] | None:
    head = raw[at : at + _HEAD_BYTES]
    if len(head) < _HEAD_BYTES or not head.startswith(_MAGIC):
        return None
    counted, digest = head[4:20], head[20:]
    end = at + _HEAD_BYTES + int.from_bytes(counted[12:], "big")
    payload = raw[at + _HEAD_BYTES : end]
    if hashlib.sha256(counted + payload).digest() != digest:
        return None
    entries = parse_entries(payload, int.from_bytes(counted[8:12], "big"))
    return Frame(int.from_bytes(counted[:8], "big"), entries), end
