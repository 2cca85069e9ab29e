"""Checkpoints published outside database and log: whoever holds an old one catches a rewritten record.

The folder has one file a day, a line for each checkpoint with the time it was published, and the public
key. Copies of the folder belong with people who do not run the platform.

GAP: the time beside a checkpoint is the sequencer's word; the signature covers size and root. Cosignatures
of witnesses (c2sp.org/tlog-witness) will bring a signed time.
"""

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from panjereh_tlog.directory.disk import Disk, make_folder
from panjereh_tlog.notes import Verifier

KEY_FILE: Final = "public-key"
_PATTERN: Final = "*.checkpoints"


@dataclass(frozen=True, slots=True)
class PublishedCheckpoint:
    """One line of a file: where it stands, when it was published, and the signed note."""

    place: str
    at: dt.datetime
    note: str


def publish_checkpoint(note: str, *, verifier: Verifier, directory: Path, at: dt.datetime) -> bool:
    """Add the signed note to the folder unless it is the last one there; durable on return.

    Return whether it was added.
    """
    make_folder(directory)
    key = f"{verifier}\n".encode()
    if not (directory / KEY_FILE).exists():
        Disk().replace(directory / KEY_FILE, key)
    last = last_checkpoint(directory)
    if last is not None and last.note == note:
        return False
    path = directory / f"{at.astimezone(dt.UTC).date().isoformat()}.checkpoints"
    if not path.exists():
        Disk().cut(path, 0)
    line = json.dumps({"at": at.astimezone(dt.UTC).isoformat(), "checkpoint": note}, ensure_ascii=False)
    # A kill may leave half a line at the end: the new one begins on a line of its own.
    Disk().append(path, (b"" if _ends_whole(path) else b"\n") + line.encode() + b"\n")
    return True


def published_checkpoints(directory: Path) -> Iterator[PublishedCheckpoint]:
    """Yield everything published, the oldest first.

    A line torn by a kill was never published and is passed over.
    """
    for path in sorted(directory.glob(_PATTERN)):
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            parsed = _parse(line)
            if parsed is not None:
                yield PublishedCheckpoint(f"{path.name}:{number}", *parsed)


def last_checkpoint(directory: Path) -> PublishedCheckpoint | None:
    """Return what was published last, None if nothing was."""
    for path in sorted(directory.glob(_PATTERN), reverse=True):
        for number, line in reversed([*enumerate(path.read_bytes().splitlines(), start=1)]):
            parsed = _parse(line)
            if parsed is not None:
                return PublishedCheckpoint(f"{path.name}:{number}", *parsed)
    return None


def _parse(line: bytes) -> tuple[dt.datetime, str] | None:
    try:
        document = json.loads(line)
    except ValueError:
        return None
    return dt.datetime.fromisoformat(document["at"]), str(document["checkpoint"])


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"
