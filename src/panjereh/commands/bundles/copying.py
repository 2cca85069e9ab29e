"""Copy folders that programs go on writing to, durably, and know every file again by its SHA-256."""

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from panjereh.commands.bundles.refusal import BundleRefused

PRIVATE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
MOST_PASSES: Final = 50
_PAUSE_SECONDS: Final = 0.05

Look = dict[str, tuple[int, int]]


def copy_settled(source: Path, target: Path, *, pause: Callable[[float], None] = time.sleep) -> None:
    """Copy a folder as it was at one moment, though it is written to meanwhile.

    A writer of a log changes files in an order that a copy made over that time would not keep. So passes are
    made, each over what changed since the last, until nothing changed during one. Raises `BundleRefused` if
    that never comes.
    """
    target.mkdir(mode=PRIVATE_FOLDER, parents=True)
    copied: Look = {}
    for _ in range(MOST_PASSES):
        before = _look(source)
        try:
            _copy_changed(source, target, before, copied)
        except FileNotFoundError:
            continue  # taken away between the look and the copy
        if _look(source) == before:
            return
        pause(_PAUSE_SECONDS)
    raise BundleRefused(f"{source} is written to without a pause; stop its program for the moment of a copy")


def copy_file(source: Path, target: Path) -> None:
    """Copy one file durably, for its owner alone."""
    target.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    with source.open("rb") as read, target.open("wb") as written:
        os.fchmod(written.fileno(), PRIVATE)
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())


def digests(root: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by its path in it, sorted."""
    return {str(path.relative_to(root)): digest(path) for path in sorted(root.rglob("*")) if path.is_file()}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _look(source: Path) -> Look:
    seen: Look = {}
    for path in source.rglob("*"):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        if path.is_file():
            seen[str(path.relative_to(source))] = (status.st_mtime_ns, status.st_size)
    return seen


def _copy_changed(source: Path, target: Path, wanted: Look, copied: Look) -> None:
    for name in copied.keys() - wanted.keys():
        (target / name).unlink()
        del copied[name]
    for name, seen in wanted.items():
        if copied.get(name) != seen:
            copy_file(source / name, target / name)
            copied[name] = seen
