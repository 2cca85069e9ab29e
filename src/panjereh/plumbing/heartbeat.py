"""A file that says when a program that nobody can call last went round: asked by whoever watches over it.

Its age is the answer (`find STATE -name 'worker.*' -mmin -1`), its content the same for people. A program
that ends in good order takes its file along; one that hangs leaves it to grow old.
"""

import datetime as dt
import os
from pathlib import Path
from typing import Final

SUFFIX: Final = ".heartbeat"
# More often than a watcher looks; less often than a busy round comes.
EVERY: Final = dt.timedelta(seconds=1)


class Heartbeat:
    """The file of one process: `<program>.<pid>.heartbeat`, as several may do one program's work."""

    def __init__(self, folder: Path, program: str) -> None:
        self._path = folder / f"{program}.{os.getpid()}{SUFFIX}"
        self._beaten_at: dt.datetime | None = None

    def beat(self, at: dt.datetime) -> None:
        """Write the instant down, at most every second."""
        if self._beaten_at is not None and self._beaten_at <= at < self._beaten_at + EVERY:
            return
        write(self._path, at)
        self._beaten_at = at

    def end(self) -> None:
        """Take the file along: this process is not missed."""
        self._path.unlink(missing_ok=True)


def write(path: Path, at: dt.datetime) -> None:
    """Leave an instant in a file, whose folder is made when it is needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(at.isoformat() + "\n", encoding="ascii")


def forget(folder: Path, program: str) -> None:
    """Take away what killed processes of this program left: at its start, before any other begins."""
    for path in folder.glob(f"{program}.*{SUFFIX}"):
        path.unlink(missing_ok=True)
