"""Processes by identity: a number alone may belong to a stranger by now, so its start time goes with it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Mapping

# Every program of a run carries this variable, so that what an earlier run left behind can be told
# from everything else on the machine.
MARK = "PANJEREH_DEV_CHECKOUT"
_PR_SET_PDEATHSIG = 1
_STATE_FIELD, _GROUP_FIELD, _START_FIELD = 0, 2, 19


@dataclass(frozen=True)
class Process:
    """One process and no other: its number together with the moment it began (clock ticks since boot)."""

    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """Return the living process with this number, or None (a zombie is not living)."""
        fields = _stat(pid)
        if fields is None or fields[_STATE_FIELD] in "ZX":
            return None
        return cls(pid=pid, started=int(fields[_START_FIELD]))

    @classmethod
    def recorded(cls, record: Mapping[str, object] | None) -> Self | None:
        """Read what `record()` wrote."""
        pid, started = (record or {}).get("pid"), (record or {}).get("started")
        return cls(pid=pid, started=started) if isinstance(pid, int) and isinstance(started, int) else None

    def record(self) -> dict[str, int]:
        """Return the form kept in state files."""
        return {"pid": self.pid, "started": self.started}

    def is_alive(self) -> bool:
        """Tell whether this very process still runs."""
        return Process.of(self.pid) == self


def _stat(pid: int) -> list[str] | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name stands in brackets and may itself hold blanks and brackets.
    return text[text.rindex(")") + 2 :].split()


def marked(checkout: Path, *, but: Iterable[int] = ()) -> list[Process]:
    """Return living processes that an earlier run of this checkout started, leaving out `but`."""
    wanted = f"{MARK}={checkout}".encode()
    left_out = {os.getpid(), *but}
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) in left_out:
            continue
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue  # gone meanwhile, or another user's
        if wanted in environment.split(b"\0") and (process := Process.of(int(entry.name))):
            found.append(process)
    return found


def end(
    processes: Iterable[Process],
    *,
    patience: float = 10.0,
    first: signal.Signals = signal.SIGTERM,
) -> None:
    """Ask the processes to end, wait up to `patience` seconds, then kill what is left."""
    left = [process for process in processes if _signal(process, first)]
    until = time.monotonic() + patience
    while left and time.monotonic() < until:
        time.sleep(0.02)
        left = [process for process in left if process.is_alive()]
    for process in left:
        _signal(process, signal.SIGKILL)
    while any(process.is_alive() for process in left) and time.monotonic() < until + 5:
        time.sleep(0.02)


def keep(child: subprocess.Popen[bytes]) -> None:
    """Hold on to a child that is known by its `Process` from now on, so that its end is collected."""
    _kept[:] = [kept for kept in _kept if kept.poll() is None]
    _kept.append(child)


_kept: list[subprocess.Popen[bytes]] = []


def kill_group(leader: int) -> None:
    """Kill what is left of the process group that `leader` led; no stranger gets its number meanwhile."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _signal(process: Process, number: signal.Signals) -> bool:
    if not process.is_alive():
        return False
    try:
        os.kill(process.pid, number)
    except ProcessLookupError:
        return False
    return True


def tied_to_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Return what a child does before exec so that it gets `number` when its parent dies, however it dies.

    The parent must start the child from its main thread: the kernel watches the thread. None where the
    system has no such thing.
    """
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the line above
            os._exit(1)

    return bind
