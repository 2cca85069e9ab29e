"""Writing a bundle, a file at a time."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from panjereh_tlog.bundle.layout import (
    CHECKPOINT,
    CHECKPOINTS,
    MANIFEST,
    PUBLIC_KEY,
    READ_FIRST,
    Range,
    header,
    line,
)
from panjereh_tlog.checkpoints import Checkpoint, open_checkpoint
from panjereh_tlog.directory import PublishedLog, SignedNote
from panjereh_tlog.notes import Verifier


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds: the entries from `start` until before `until`, under the checkpoint."""

    start: int
    until: int
    checkpoint: Checkpoint


def export_bundle(
    log: PublishedLog,
    directory: Path,
    *,
    verifier: Verifier,
    earlier: Iterable[SignedNote],
    read_first: Mapping[str, str],
    start: int = 0,
    until: int | None = None,
) -> Bundle:
    """Write the entries from `start` until before `until` (default: all), in whole bundles of 256, with all
    that verifies them.

    `directory` is made; `FileExistsError` if something is in it. `earlier` are the notes published before,
    in their order: those of a size within the range go along. `read_first` has the texts of the two files
    for people. Raises `IndexError` for entries the log has not published, `BrokenLogError` for a tile that
    cannot be read, `PeerError` for a note that is not of this log. One file at a time is in memory, and
    nothing is signed or changed.
    """
    chosen = Range.around(start, log.size if until is None else until, log.size)
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise FileExistsError(f"{directory} is not empty")
    with (directory / MANIFEST).open("w", encoding="utf-8", newline="\n") as manifest:
        manifest.write(header(verifier.name, chosen))

        def put(path: str, parts: Iterable[bytes]) -> None:
            manifest.write(line(path, _write(directory / path, parts)))

        for name in READ_FIRST:
            put(name, [read_first[name].encode()])
        put(PUBLIC_KEY, [f"{verifier}\n".encode()])
        put(CHECKPOINT, [log.note.encode()])
        put(CHECKPOINTS, _within(earlier, chosen, verifier))
        for tile in chosen.tiles():
            put(tile.path(), [log.raw(tile)])
    return Bundle(chosen.start, chosen.until, log.checkpoint())


def _write(path: Path, parts: Iterable[bytes]) -> str:
    """Write a file and return its digest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
            digest.update(part)
    return digest.hexdigest()


def _within(earlier: Iterable[SignedNote], chosen: Range, verifier: Verifier) -> Iterator[bytes]:
    """Yield a line for each note whose root follows from the exported entries."""
    for each in earlier:
        checkpoint = open_checkpoint(each.note, origin=verifier.name, verifiers=[verifier])
        if chosen.start <= checkpoint.size <= chosen.until:
            yield json.dumps({"at": each.at, "checkpoint": each.note}, ensure_ascii=False).encode() + b"\n"
