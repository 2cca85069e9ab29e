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

from panjereh.domain.audit.refusals import AuditBroken, ClockWentBack
from panjereh_kernel.refusal import PeerError
from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.directory import TileLog
from panjereh_tlog.directory.disk import Disk, make_folder
from panjereh_tlog.notes import Verifier

KEY_FILE: Final = "public-key"
CHECKPOINT: Final = "checkpoint"
"""What differs when a signed checkpoint and the log do not agree, or the line is not one."""

_ENDING: Final = ".checkpoints"
_QUOTES: Final = 8
# Far more than a line and the torn ones that kills may leave behind it.
_TAIL_BYTES: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class PublishedCheckpoint:
    """One line of a file: where it stands, when it was published, and the signed note."""

    place: str
    at: dt.datetime
    note: str


def publish_checkpoint(
    log: TileLog, *, verifier: Verifier, directory: Path, at: dt.datetime, disk: Disk | None = None
) -> bool:
    """Publish the log and add its signed note to the folder unless it is the last one there; durable on
    return.

    Return whether it was added. Raises `AuditBroken` if the log does not continue what was published last,
    as after a restore of both database and log to an older state, and `ClockWentBack` if `at` is before it:
    nothing is added then.
    """
    disk = disk or Disk()
    note = log.publish()
    make_folder(directory)
    if not (directory / KEY_FILE).exists():
        disk.replace(directory / KEY_FILE, f"{verifier}\n".encode())
    last = last_checkpoint(directory)
    if last is not None:
        if last.note == note:
            return False
        _check_continues(last, log, verifier)
        if at < last.at:
            raise ClockWentBack(last.at, at)
    _add_line(directory / f"{at.astimezone(dt.UTC).date().isoformat()}{_ENDING}", note, at, disk)
    return True


def published_checkpoints(directory: Path) -> Iterator[PublishedCheckpoint]:
    """Yield everything published, the oldest first, a line at a time.

    A line torn by a kill was never published and is passed over. Raises `AuditBroken` naming a line that is
    neither whole nor torn: somebody changed it.
    """
    for path in sorted(directory.glob(f"*{_ENDING}")):
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                parsed = _parse(line, f"{path.name}:{number}")
                if parsed is not None:
                    yield parsed


def last_checkpoint(directory: Path) -> PublishedCheckpoint | None:
    """Return what was published last, None if nothing was. Reads the end of a file and not all of it."""
    for path in sorted(directory.glob(f"*{_ENDING}"), reverse=True):
        for line in reversed(_last_lines(path)):
            parsed = _parse(line, path.name)
            if parsed is not None:
                return parsed
    return None


def _check_continues(last: PublishedCheckpoint, log: TileLog, verifier: Verifier) -> None:
    try:
        checkpoint = open_checkpoint(last.note, origin=verifier.name, verifiers=[verifier])
    except PeerError as error:
        raise AuditBroken(last.place, str(error), differs=CHECKPOINT) from error
    if checkpoint.size > log.size:
        why = f"counts {checkpoint.size} leaves where the log has {log.size}: database and log went back"
        raise AuditBroken(last.place, why, differs=CHECKPOINT)
    if checkpoint.root != log.root(checkpoint.size):
        why = f"the log of {checkpoint.size} leaves has another root"
        raise AuditBroken(last.place, why, differs=CHECKPOINT)


def _add_line(path: Path, note: str, at: dt.datetime, disk: Disk) -> None:
    if not path.exists():
        disk.cut(path, 0)
    line = json.dumps({"at": at.astimezone(dt.UTC).isoformat(), "checkpoint": note}, ensure_ascii=False)
    # A kill may leave half a line at the end: the new one begins on a line of its own.
    disk.append(path, (b"" if _ends_whole(path) else b"\n") + line.encode() + b"\n")


def _parse(line: bytes, place: str) -> PublishedCheckpoint | None:
    try:
        document = json.loads(line)
        return PublishedCheckpoint(
            place, dt.datetime.fromisoformat(document["at"]), str(document["checkpoint"])
        )
    except (ValueError, KeyError, TypeError) as error:
        if _is_torn(line.rstrip(b"\n")):
            return None
        raise AuditBroken(place, "is not what was published", differs=CHECKPOINT) from error


def _is_torn(line: bytes) -> bool:
    # What a kill leaves is the beginning of a line: neither its last brace nor anything in place of it.
    return not line.endswith(b"}") and (line.count(b'"') < _QUOTES or line.endswith(b'"'))


def _last_lines(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _TAIL_BYTES))
        lines = file.read().splitlines()
    return lines if length <= _TAIL_BYTES else lines[1:]


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"
