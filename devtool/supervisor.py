"""Start the units of the table in their order, keep the programs alive, end them in the opposite order.

One thread, one loop: the kernel ties every child to the thread that started it, so that a supervisor killed
in any way leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from devtool import health, paths, processes
from devtool.console import Trouble, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from devtool.programs import Unit

_TICK = 0.05
_SETTLED = 0.5  # a program without an address counts as started when it lived this long
_STEADY = 60.0  # a program that lived this long starts again without delay
_LONGEST_PAUSE = 30.0


class State(StrEnum):
    """Where a unit stands."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    DONE = "done"
    CRASHED = "crashed"


@dataclass
class Child:
    """A unit of the table together with the process that runs it now."""

    unit: Unit
    environment: Mapping[str, str]
    address: str
    state: State = State.WAITING
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restarts: int = 0
    failures_in_row: int = 0
    log_from: int = 0
    logs: Path = field(default=paths.LOGS)

    @property
    def log(self) -> Path:
        """The file its output goes to."""
        return self.logs / f"{self.unit.name}.log"

    @property
    def is_satisfied(self) -> bool:
        """Whether what comes after it may start."""
        return self.state in {State.READY, State.DONE}

    def record(self) -> dict[str, object]:
        """Return its row of the state file."""
        process = processes.Process.of(self.running.pid) if self.running else None
        return {
            "name": self.unit.name,
            "address": self.address,
            "state": self.state.value,
            "restarts": self.restarts,
            **(process.record() if process else {"pid": None, "started": None}),
        }

    def last_lines(self, count: int = 15) -> list[str]:
        """Return what it said last, since it was last started."""
        with self.log.open("rb") as log:
            log.seek(self.log_from)
            return log.read().decode(errors="replace").rstrip().splitlines()[-count:]


@dataclass(kw_only=True)
class Supervisor:
    """Owns the children. `state_file` is rewritten at every change; `python` runs the units."""

    children: Sequence[Child]
    state_file: Path
    python: Path
    checkout: Path
    patience: float = 90.0  # seconds for each unit; a busy machine takes most of a minute
    keep_database: Callable[[], None] = lambda: None
    is_ending: bool = False
    _phase: str = "starting"

    def start_all(self) -> None:
        """Start every unit in order. Raises `Trouble` with the last log lines of the first that fails."""
        self._publish()
        while not self.is_ending and not all(child.is_satisfied for child in self.children):
            for child in self.children:
                self._advance(child)
            time.sleep(_TICK)

    def announce(self) -> None:
        """Say in the state file that everything is up."""
        self._phase = "ready"
        self._publish()

    def keep_all(self) -> None:
        """Restart what crashes until `is_ending` is set (by a signal)."""
        while not self.is_ending:
            time.sleep(_TICK * 4)
            self.keep_database()
            for child in self.children:
                if not child.unit.is_task:
                    self._keep(child)

    def end_all(self) -> None:
        """End the programs in the opposite order of their start, each with all it started itself."""
        self._phase = "ending"
        for child in reversed(self.children):
            if child.running:
                _end_group(child.running)
        self.state_file.unlink(missing_ok=True)

    def _advance(self, child: Child) -> None:
        if child.state is State.WAITING and self._may_start(child):
            self._launch(child)
        if child.state is not State.STARTING or child.running is None:
            return
        code = child.running.poll()
        if code is not None and (code or not child.unit.is_task):
            raise self._failed(child, f"ended with status {code}")
        if code == 0:
            child.state = State.DONE
        elif not child.unit.is_task and self._has_arrived(child):
            child.state = State.READY
        elif time.monotonic() - child.started_at > self.patience:
            raise self._failed(child, f"did not answer within {self.patience:.0f} s")
        else:
            return
        say(f"  ✓ {child.unit.name} ({time.monotonic() - child.started_at:.1f} s) {child.address}".rstrip())
        self._publish()

    def _may_start(self, child: Child) -> bool:
        return all(other.is_satisfied for other in self.children if other.unit.name in child.unit.after)

    def _launch(self, child: Child) -> None:
        child.log_from = child.log.stat().st_size if child.log.exists() else 0
        with child.log.open("ab") as log:
            child.running = subprocess.Popen(
                [str(self.python), *child.unit.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.checkout,
                env={**child.environment, processes.MARK: str(self.checkout)},
                start_new_session=True,
                preexec_fn=processes.tied_to_parent(signal.SIGTERM),  # noqa: PLW1509 - no threads here
            )
        child.started_at = time.monotonic()
        child.state = State.STARTING
        self._publish()

    def _keep(self, child: Child) -> None:
        running = child.running
        if running is None:
            return
        if running.poll() is None:
            if child.state is State.STARTING and self._has_arrived(child):
                child.state = State.READY
                self._publish()
        elif child.state is not State.CRASHED:
            self._note_crash(child, running)
        elif time.monotonic() - child.started_at >= pause_before_restart(child.failures_in_row):
            child.restarts += 1
            self._launch(child)

    def _note_crash(self, child: Child, running: subprocess.Popen[bytes]) -> None:
        lived = time.monotonic() - child.started_at
        child.failures_in_row = 0 if lived > _STEADY else child.failures_in_row + 1
        child.state = State.CRASHED
        say(f"  ! {child.unit.name} ended ({running.returncode}) and is started again; see {child.log}")
        _end_group(running)  # its own children must not keep its port
        child.started_at = time.monotonic()
        self._publish()

    def _has_arrived(self, child: Child) -> bool:
        """Tell whether a running program answers; one without an address, whether it lived a moment."""
        if child.unit.port:
            return health.is_ready(child.address)
        return time.monotonic() - child.started_at > _SETTLED

    def _failed(self, child: Child, why: str) -> Trouble:
        said = "\n".join(f"    {line}" for line in child.last_lines())
        return Trouble(f"{child.unit.name} {why}. Its last lines ({child.log}):\n{said}")

    def _publish(self) -> None:
        me = processes.Process.of(os.getpid())
        state = {
            "phase": self._phase,
            "supervisor": me.record() if me else None,
            "programs": [child.record() for child in self.children],
        }
        paths.write_whole(self.state_file, json.dumps(state, indent=1) + "\n")


def pause_before_restart(failures_in_row: int) -> float:
    """Return the seconds until the next start: none after a long life, then doubling to half a minute."""
    return 0.0 if failures_in_row == 0 else min(0.5 * 2.0 ** (failures_in_row - 1), _LONGEST_PAUSE)


def _end_group(running: subprocess.Popen[bytes]) -> None:
    """End a program and everything it started: the leader is asked, what outlives it is killed."""
    if running.poll() is None:
        running.terminate()
        try:
            running.wait(timeout=15)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
    processes.kill_group(running.pid)
