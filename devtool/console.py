"""What the person at the terminal sees: steps with their time, and trouble in plain words."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Trouble(Exception):  # noqa: N818 - it is shown to a person, who has trouble, not an error
    """Something the person can put right: shown as a sentence, without a traceback."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def say(line: str = "") -> None:
    """Print one line at once, also when output goes to a file or a pipe."""
    print(line, flush=True)


@contextmanager
def step(name: str, *, quiet_below: float = 0.0) -> Iterator[None]:
    """Show that `name` is being done and how long it took; say nothing if it took less than `quiet_below`."""
    is_terminal = sys.stdout.isatty()
    if is_terminal:
        print(f"  … {name}", end="", flush=True)
    elif not quiet_below:
        say(f"  … {name}")
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        say(f"{_again(is_terminal)}  ✗ {name} ({time.monotonic() - begun:.1f} s)")
        raise
    took = time.monotonic() - begun
    if took >= quiet_below:
        say(f"{_again(is_terminal)}  ✓ {name} ({took:.1f} s)")
    elif is_terminal:
        print(_again(is_terminal), end="", flush=True)


def _again(is_terminal: bool) -> str:  # noqa: FBT001 - a fact about the stream, not a mode
    return "\r\x1b[K" if is_terminal else ""
