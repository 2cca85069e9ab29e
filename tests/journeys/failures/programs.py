"""The running programs as processes: killed like a power cut, frozen like a machine that swaps."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from tests.journeys.country import Installation
from tests.journeys.failures.database import LONGEST_RESTART, Database
from tests.journeys.steps import wait_for

PLATFORM = ("node-platform", "web", "worker", "sequencer")
EVERY = (*PLATFORM, "node-interior", "node-places", "registry", "idp", "land")


@dataclass(frozen=True)
class Programs:
    """The programs of the instance that the state file of its supervisor tells of."""

    state_file: Path
    database: Database

    @classmethod
    def running(cls, database: Database) -> "Programs":
        """Return the programs that `./dev journey` points at."""
        return cls(Path(os.environ["PANJEREH_JOURNEY_STATE"]), database)

    def kill(self, *names: str) -> None:
        """Kill programs at the same moment, each with all that it started. Their supervisor sees and acts."""
        groups = [self.pid(name) for name in names]
        for group in groups:
            os.killpg(group, signal.SIGKILL)

    def kill_database(self) -> None:
        """Kill PostgreSQL's first process, which takes every session with it."""
        os.kill(self.database.postmaster(), signal.SIGKILL)

    @contextlib.contextmanager
    def frozen(self, *names: str) -> Iterator[None]:
        """Stop programs for a while: their ports accept, and nobody answers."""
        pids = [pid for name in names for pid in _family(self.pid(name))]
        _signal(pids, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(pids, signal.SIGCONT)

    @contextlib.contextmanager
    def frozen_database(self) -> Iterator[None]:
        """Stop PostgreSQL with every session for a while: the line stays open, and nobody answers."""
        pids = _family(self.database.postmaster())
        _signal(pids, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(pids, signal.SIGCONT)

    def pid(self, name: str) -> int:
        """Return the process of a program; also while it is just being started again."""
        return int(wait_for(lambda: self._record(name).get("pid"), what=f"a process of {name}"))

    def children(self, name: str, *, with_word: str) -> list[int]:
        """Return processes that a program started and whose command line holds `with_word`."""
        family = _family(self.pid(name))[1:]
        return [pid for pid in family if with_word in _file(pid, "cmdline")]

    @contextlib.contextmanager
    def another_worker(self, land: Installation) -> Iterator[None]:
        """Have a second worker beside the supervised one for a while."""
        command = [sys.executable, "-m", "panjereh", "worker"]
        worker = subprocess.Popen(
            command,
            env=os.environ | land.manifest["platform"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(timeout=30)

    def wait_until_ready(self, *names: str) -> None:
        """Wait until programs answer again; one without an address, until its process lives."""
        for name in names or EVERY:
            wait_for(partial(self._is_ready, name), what=f"{name}, started again", seconds=LONGEST_RESTART)

    def _is_ready(self, name: str) -> bool | None:
        record = self._record(name)
        if record.get("state") != "ready" or not record.get("pid"):
            return None
        if not record["address"]:
            return True
        with contextlib.suppress(httpx.TransportError):
            answer = httpx.get(f"{record['address']}/health/ready", trust_env=False)
            return answer.is_success or None
        return None

    def _record(self, name: str) -> dict[str, Any]:
        programs = json.loads(self.state_file.read_text(encoding="utf-8"))["programs"]
        return next(record for record in programs if record["name"] == name)


@contextlib.contextmanager
def stopped(*pids: int) -> Iterator[None]:
    """Stop processes for a while; they may be killed meanwhile."""
    _signal(list(pids), signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(list(pids), signal.SIGCONT)


def pause(seconds: float) -> None:
    """Let the programs run on."""
    time.sleep(seconds)


def _signal(pids: list[int], number: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _family(pid: int) -> list[int]:
    """Return a process and all that descend from it, the oldest first."""
    found = [pid]
    for parent in found:
        # A child belongs to the thread that started it.
        for thread in Path(f"/proc/{parent}/task").glob("*"):
            found += [int(child) for child in _file(parent, f"task/{thread.name}/children").split()]
    return found


def _file(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8")
    except OSError:
        return ""
