"""What a step of a journey is: a sentence, a time, and a failure that says which page was wrong."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

LONGEST_WAIT = 20.0


@dataclass
class Walk:
    """The steps walked so far, printed as they end."""

    begun: float = field(default_factory=time.monotonic)
    count: int = 0

    @contextmanager
    def step(self, sentence: str) -> Iterator[None]:
        """Time one step and print it; a failure is printed and ends the walk."""
        start = time.monotonic()
        try:
            yield
        except BaseException:
            self._say("FAIL", sentence, time.monotonic() - start)
            raise
        self.count += 1
        self._say("ok", sentence, time.monotonic() - start)

    def leave_out(self, sentence: str, *, missing: str) -> None:
        """Say that a step is left out for want of a system package; on CI that is a failure."""
        self._say("left", f"{sentence}: needs {missing} (apt-get install {missing})", 0.0)
        if os.environ.get("CI"):
            raise AssertionError(f"{missing} is missing")

    def end(self) -> None:
        sys.stdout.write(f"{self.count} steps in {time.monotonic() - self.begun:.1f} s\n")

    @staticmethod
    def _say(verdict: str, sentence: str, seconds: float) -> None:
        sys.stdout.write(f"{verdict:<5}{seconds:7.2f} s  {sentence}\n")
        sys.stdout.flush()


def wait_for(look: Callable[[], T | None], *, what: str) -> T:
    """Look until something is there. Raises `AssertionError` after twenty seconds."""
    until = time.monotonic() + LONGEST_WAIT
    while True:
        found = look()
        if found is not None:
            return found
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not come within {LONGEST_WAIT:.0f} s")
        time.sleep(0.2)
