"""Processor time of a process with everything it started, the living and the dead."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _FIRST_TIME, _AFTER_TIMES = 1, 11, 15


def seconds_of(pid: int) -> float:
    """Return user and system time of `pid`, of its living descendants, and of those it has waited for."""
    table = _table()
    children: dict[int, list[int]] = {}
    for each, (parent, _) in table.items():
        children.setdefault(parent, []).append(each)

    def total(of: int) -> int:
        return table[of][1] + sum(total(child) for child in children.get(of, ()))

    return total(pid) / _TICKS


def _table() -> dict[int, tuple[int, int]]:
    """Return parent and ticks of every process by its number."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                text = (entry / "stat").read_text()
            except OSError:
                continue  # ended meanwhile; its parent counts it
            fields = text[text.rindex(")") + 2 :].split()
            found[int(entry.name)] = (
                int(fields[_PARENT]),
                sum(map(int, fields[_FIRST_TIME:_AFTER_TIMES])),
            )
    return found
