"""On what it was measured: said with every figure, since no number means anything without it."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path

import psycopg

GIB = 1024 * 1024  # of the kernel's kB


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The machine and what runs on it; `load` is its load over one minute before the measurement."""

    cores: int
    processor: str
    memory_gib: int
    system: str
    python: str
    postgresql: str
    load: float


def this_machine(admin_url: str) -> Machine:
    """Return this machine as it is now, with the PostgreSQL at an address."""
    with psycopg.connect(admin_url) as connection:
        version = connection.execute("SHOW server_version").fetchone()
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        processor=_said("/proc/cpuinfo", r"model name\s*:\s*(.+)"),
        memory_gib=round(int(_said("/proc/meminfo", r"MemTotal:\s*(\d+)")) / GIB),
        system=_said("/etc/os-release", r'PRETTY_NAME="?([^"\n]+)'),
        python=platform.python_version(),
        postgresql=str(version[0]) if version else "",
        load=round(os.getloadavg()[0], 1),
    )


def _said(path: str, pattern: str) -> str:
    found = re.search(pattern, Path(path).read_text(encoding="utf-8"))
    return found[1].strip() if found else "0"
