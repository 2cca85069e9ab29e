"""Processor time of a program's PostgreSQL backends, read from the kernel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

NANO = 1e9


def seconds_of(admin: psycopg.Connection[tuple[object, ...]], application: str) -> float:
    """Return the processor seconds all backends of a named client have used so far.

    A backend is one thread, whose time `/proc/<pid>/schedstat` tells to the nanosecond.
    """
    rows = admin.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", (application,))
    return sum(_seconds(str(pid)) for (pid,) in rows.fetchall())


def _seconds(pid: str) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / NANO
