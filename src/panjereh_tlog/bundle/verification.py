"""Verifying a bundle with what is in it and a key."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from panjereh_tlog.bundle.export import Bundle
from panjereh_tlog.bundle.layout import (
    CHECKPOINT,
    CHECKPOINTS,
    MANIFEST,
    PUBLIC_KEY,
    Range,
    header,
    line,
    parse_range,
    paths,
)
from panjereh_tlog.directory import BrokenLogError, EarlierNotes, PublishedLog, SignedNote
from panjereh_tlog.hashing import leaf_hash
from panjereh_tlog.notes import NoteKeyError, Verifier
from panjereh_tlog.tiles import WIDTH, hash_reader, tile_at
from panjereh_tlog.tree import Frontier, complete_root


def verify_bundle(
    directory: Path,
    *,
    verifier: Verifier | None = None,
    progress: Callable[[int, int], None] = lambda _done, _size: None,
) -> Bundle:
    """Verify everything in a bundle and return what it holds.

    `verifier` is the key somebody else vouches for; without it the one in the bundle is used, which shows
    only that the bundle agrees with itself. Raises `BrokenLogError` naming the first thing that is wrong: a
    tile, an entry that has not its hash, a checkpoint, a file the manifest lists otherwise or not at all.
    Reads a bundle of entries at a time; `progress` gets how many entries of how many are done.
    """
    chosen = _read_range(directory)
    key = _read_key(directory)
    if verifier is not None and str(verifier) != str(key):
        raise BrokenLogError(PUBLIC_KEY, f"is not the key {verifier.name}+{verifier.key_id.hex()}")
    log = PublishedLog(directory, origin=key.name, verifier=key)
    if log.size != chosen.size:
        raise BrokenLogError(MANIFEST, f"says {chosen.size} entries where the checkpoint counts {log.size}")
    _check_upper_tiles(log, chosen)
    if log.root() != log.checkpoint().root:
        raise BrokenLogError(CHECKPOINT, "its root is not the root of the tiles")
    _check_entries(log, chosen, EarlierNotes(_read_notes(directory), key, size=chosen.until), progress)
    _check_manifest(directory, key.name, chosen)
    return Bundle(chosen.start, chosen.until, log.checkpoint())


def _check_upper_tiles(log: PublishedLog, chosen: Range) -> None:
    """Check that each full tile above the first level has its root in the tile above it."""
    for tile in chosen.upper_tiles():
        is_full = tile.width == WIDTH
        if is_full and complete_root(log.hashes(tile.level, tile.index)) != _above(
            log, tile.level, tile.index
        ):
            raise BrokenLogError(tile.path(), "does not lead to the tile above it")


def _above(log: PublishedLog, level: int, index: int) -> bytes:
    return log.hashes(level + 1, index // WIDTH)[index % WIDTH]


def _check_entries(
    log: PublishedLog, chosen: Range, earlier: EarlierNotes, progress: Callable[[int, int], None]
) -> None:
    frontier = Frontier(chosen.start, hash_reader(log.hashes))
    earlier.hold_against(frontier)
    for number in chosen.bundles():
        log.check_hashes(number)
        hashes = log.hashes(0, number)
        if len(hashes) == WIDTH and complete_root(hashes) != _above(log, 0, number):
            raise BrokenLogError(tile_at(0, number, log.size).path(), "does not lead to the tile above it")
        for entry in log.bundle(number):
            frontier.add(leaf_hash(entry))
            earlier.hold_against(frontier)
        progress(frontier.size - chosen.start, chosen.until - chosen.start)
    earlier.end()


def _check_manifest(directory: Path, origin: str, chosen: Range) -> None:
    """Check that every file is what the manifest says, and that there is no other."""
    with (directory / MANIFEST).open(encoding="utf-8", newline="") as manifest:
        if "".join(manifest.readline() for _ in range(3)) != header(origin, chosen):
            raise BrokenLogError(MANIFEST, "does not begin as it should")
        listed = 0
        for path in paths(chosen):
            listed += 1
            if manifest.readline() != line(path, _digest(directory, path)):
                raise BrokenLogError(path, "is not what the manifest says")
        if manifest.read(1):
            raise BrokenLogError(MANIFEST, "lists more than there is")
    if sum(1 for path in directory.rglob("*") if not path.is_dir()) != listed + 1:
        raise BrokenLogError(_stranger(directory, chosen), "is not in the manifest")


def _stranger(directory: Path, chosen: Range) -> str:
    known = {MANIFEST, *paths(chosen)}
    found = (path.relative_to(directory).as_posix() for path in directory.rglob("*") if not path.is_dir())
    return min(path for path in found if path not in known)


def _digest(directory: Path, path: str) -> str:
    try:
        with (directory / path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise BrokenLogError(path, "is missing") from error


def _read_range(directory: Path) -> Range:
    try:
        with (directory / MANIFEST).open(encoding="utf-8", newline="") as manifest:
            return parse_range([manifest.readline() for _ in range(3)])
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise BrokenLogError(MANIFEST, "is missing or unreadable") from error


def _read_key(directory: Path) -> Verifier:
    try:
        return Verifier.parse((directory / PUBLIC_KEY).read_text(encoding="utf-8").removesuffix("\n"))
    except (FileNotFoundError, UnicodeDecodeError, NoteKeyError) as error:
        raise BrokenLogError(PUBLIC_KEY, "is missing or unreadable") from error


def _read_notes(directory: Path) -> Iterator[SignedNote]:
    path = directory / CHECKPOINTS
    if not path.exists():
        raise BrokenLogError(CHECKPOINTS, "is missing")
    with path.open("rb") as lines:
        for number, said in enumerate(lines, start=1):
            try:
                document = json.loads(said)
                yield SignedNote(f"{CHECKPOINTS}:{number}", str(document["checkpoint"]), str(document["at"]))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise BrokenLogError(f"{CHECKPOINTS}:{number}", "is not a checkpoint") from error
