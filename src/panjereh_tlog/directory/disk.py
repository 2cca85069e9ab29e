"""The steps that read and change the disk under a log, and how each of them can fail."""

import fcntl
import os
from pathlib import Path
from typing import ClassVar


class LogError(Exception):
    """The store of a log cannot be used. `code` is stable."""

    code: ClassVar[str]


class BrokenLogError(LogError):
    """What lies on the disk is not what the log wrote. `part` names the first file or thing that is wrong,
    `index` the place of the first entry that does not have its hash, if that is what is wrong.
    """

    code = "log-broken"

    def __init__(self, part: str, why: str, *, index: int | None = None) -> None:
        super().__init__(f"{part}: {why}")
        self.part = part
        self.index = index


class LockedLogError(LogError):
    """Another process has the log open for writing."""

    code = "log-locked"


class UncertainLogError(LogError):
    """A write failed and may have happened all the same: the log has to be opened anew."""

    code = "log-uncertain"


class Disk:
    """The steps that change the disk, each durable when it returns. Tests break them one by one."""

    def replace(self, path: Path, content: bytes) -> None:
        """Put a whole file in place of what is there, or leave what is there."""
        make_folder(path.parent)
        draft = path.with_name(path.name + ".new")
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        sync_folder(path.parent)

    def append(self, path: Path, content: bytes) -> None:
        """Write at the end of a file that exists."""
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fdatasync(descriptor)
        finally:
            os.close(descriptor)

    def cut(self, path: Path, length: int) -> None:
        """Keep only the first bytes of a file; make it if it is not there."""
        is_new = not path.exists()
        with path.open("ab") as file:
            file.truncate(length)
            os.fsync(file.fileno())
        if is_new:
            sync_folder(path.parent)

    def remove(self, path: Path) -> None:
        """Remove a file, or an empty folder, if it is there.

        Coming back after a power cut would do no harm.
        """
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, so that they survive a power cut."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_lock(directory: Path) -> int:
    """Make the folder of a log and take its lock; closing the descriptor gives it back.

    Raises `LockedLogError`.
    """
    make_folder(directory)
    descriptor = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise LockedLogError(f"another writer has {directory}") from error
    return descriptor
