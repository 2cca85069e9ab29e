"""The replay memory on disk: append-only segments that are deleted whole once nothing in them matters.

Answers hold personal data, so every line is sealed (AES-256-GCM) under a key that is not in the state
directory, and no line outlives two windows. A torn last line is what a crash leaves and is dropped: its write
was never acknowledged.
"""

import base64
import binascii
import contextlib
import datetime as dt
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from panjereh_contracts.identifiers import parse_subsystem
from panjereh_contracts.reading import write_instant
from panjereh_node.protocol.messages import HttpAnswer
from panjereh_node.protocol.replay import ANSWER_WINDOW, GivenAnswer, ReplayMemory, SeenNonce

Memory = SeenNonce | GivenAnswer
_NONCE_BYTES: Final = 12
_PREFIX: Final = "replay-"
_PURPOSE: Final = b"panjereh-node replay journal 1"


class JournalBrokenError(Exception):
    """A line other than the last cannot be read: the file or the key is not the one that wrote it."""


def derive_key(secret: bytes) -> bytes:
    """Return the sealing key that belongs to a long-lived secret of the node."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret)


def _encode(item: Memory) -> bytes:
    if isinstance(item, SeenNonce):
        return json.dumps({"k": item.kid, "n": item.nonce, "u": write_instant(item.until)}).encode()
    answer = item.answer
    document = {
        "c": str(item.consumer),
        "m": str(item.message_id),
        "f": item.fingerprint,
        "s": answer.status,
        "h": [list(header) for header in answer.headers],
        "b": base64.b64encode(answer.body).decode(),
        "u": write_instant(item.until),
    }
    return json.dumps(document).encode()


def _decode(raw: bytes) -> Memory:
    document = json.loads(raw)
    until = dt.datetime.fromisoformat(document["u"])
    if "n" in document:
        return SeenNonce(document["k"], document["n"], until)
    headers = [(name, value) for name, value in document["h"]]
    answer = HttpAnswer(document["s"], headers, base64.b64decode(document["b"]))
    return GivenAnswer(parse_subsystem(document["c"]), UUID(document["m"]), document["f"], answer, until)


class ReplayJournal:
    """One writer, one thread. After an `OSError` from `append`, the next call begins a new segment."""

    def __init__(self, directory: Path, *, key: bytes) -> None:
        self._directory = directory
        self._cipher = AESGCM(key)
        self._file: BinaryIO | None = None
        self._began_at = dt.datetime.min.replace(tzinfo=dt.UTC)

    def restore(self, memory: ReplayMemory, *, at: dt.datetime) -> None:
        """Fill `memory` with what still matters at `at`; raises `JournalBrokenError`."""
        self._directory.mkdir(parents=True, exist_ok=True)
        seen: set[tuple[str, str]] = set()
        for segment in self._segments():
            for item in self._read(segment):
                if item.until < at:
                    continue
                if isinstance(item, GivenAnswer):
                    memory.keep(item)
                elif (item.kid, item.nonce) not in seen:
                    seen.add((item.kid, item.nonce))
                    memory.see(item, at=at)

    def append(self, items: Sequence[Memory], *, at: dt.datetime) -> None:
        """Write `items` durably, all or (after a crash) a leading part of them; raises `OSError`."""
        file = self._current(at)
        try:
            file.write(b"".join(self._seal(item) for item in items))
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            # What the file now holds is unknown; nothing may follow a half-written line.
            self._file = None
            with contextlib.suppress(OSError):
                file.close()
            raise

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _seal(self, item: Memory) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, _encode(item), None)) + b"\n"

    def _segments(self) -> list[Path]:
        return sorted(self._directory.glob(f"{_PREFIX}*"))

    def _read(self, segment: Path) -> Iterator[Memory]:
        *lines, torn = segment.read_bytes().split(b"\n")
        del torn  # empty after a clean write; a part of a line after a crash
        for line in lines:
            try:
                raw = base64.b64decode(line, validate=True)
                plain = self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None)
            except (InvalidTag, binascii.Error, ValueError) as error:
                raise JournalBrokenError(segment.name) from error
            yield _decode(plain)

    def _current(self, at: dt.datetime) -> BinaryIO:
        if self._file is None or at - self._began_at > ANSWER_WINDOW:
            self.close()
            self._delete_dead(at)
            path = self._directory / f"{_PREFIX}{int(at.timestamp() * 1_000_000):020d}"
            self._file = path.open("xb")
            self._began_at = at
            _sync_directory(self._directory)
        return self._file

    def _delete_dead(self, at: dt.datetime) -> None:
        # A segment takes lines for one window and each lives for one more.
        dead_before = int((at - 2 * ANSWER_WINDOW).timestamp() * 1_000_000)
        for segment in self._segments():
            if int(segment.name.removeprefix(_PREFIX)) < dead_before:
                segment.unlink()


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
