"""What a step of a journey is: a sentence, a time, and a failure that says which page was wrong."""

import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

LONGEST_WAIT = 20.0


@dataclass
class Walk:
    """The steps walked so far, printed as they end."""

    begun: float = field(default_factory=time.monotonic)
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)

    @contextmanager
    def step(self, sentence: str) -> Iterator[None]:
        """Time one step and print it; a failure is printed and ends the walk."""
        start = time.monotonic()
        try:
            yield
        except BaseException:
            self.failed += 1
            self._say("FAIL", sentence, time.monotonic() - start)
            raise
        self.passed += 1
        self._say("ok", sentence, time.monotonic() - start)

    def leave_out(self, sentence: str, *, missing: str) -> None:
        """Say that a step is left out for want of a system package; on CI that is a failure."""
        self.skipped += 1
        self._say("left", f"{sentence}: needs {missing} (apt-get install {missing})", 0.0)
        if os.environ.get("CI"):
            raise AssertionError(f"{missing} is missing")

    def note(self, line: str) -> None:
        """Keep a line to be told at the end."""
        self.notes.append(line)

    def end(self) -> None:
        """Tell what was noted and counted; the tool that began the walk tells the counts as its last line."""
        for line in (*self.notes, f"{time.monotonic() - self.begun:.1f} s"):
            sys.stdout.write(f"{line}\n")
        counts = f"{self.passed} passed, {self.failed} failed"
        counts += f", {self.skipped} skipped" if self.skipped else ""
        if kept := os.environ.get("PANJEREH_JOURNEY_COUNTS"):
            Path(kept).write_text(counts + "\n", encoding="ascii")
        else:
            sys.stdout.write(f"{counts}\n")
        sys.stdout.flush()

    @staticmethod
    def _say(verdict: str, sentence: str, seconds: float) -> None:
        sys.stdout.write(f"{verdict:<5}{seconds:7.2f} s  {sentence}\n")
        sys.stdout.flush()


@contextmanager
def walked(*faults: type[Exception]) -> Iterator[Walk]:
    """Walk, and end with counts whatever happens. A failed walk ends the process with status 1.

    What a page or a program did wrong is told in one line, a fault of the walk itself with where it is.
    """
    walk = Walk()
    try:
        yield walk
    except (AssertionError, OSError, subprocess.SubprocessError, *faults) as fault:
        sys.stderr.write(f"The walk failed: {fault}\n")
        walk.failed = walk.failed or 1
    except Exception:  # noqa: BLE001 -- told whole, and counted
        traceback.print_exc()
        walk.failed = walk.failed or 1
    finally:
        walk.end()
    if walk.failed:
        sys.exit(1)


def wait_for(look: Callable[[], T | None], *, what: str, seconds: float = LONGEST_WAIT) -> T:
    """Look until something is there. Raises `AssertionError` after so many seconds."""
    until = time.monotonic() + seconds
    while True:
        found = look()
        if found is not None:
            return found
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not come within {seconds:.0f} s")
        time.sleep(0.2)
