"""Functions of at most 60 lines, modules of at most 500; what is over stands in a list that only shrinks."""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING

from devtool import paths
from devtool.checks import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FUNCTION_LINES, MODULE_LINES = 60, 500
_DEBTS = "devtool/debts.json"


def faults(root: Path = paths.ROOT) -> list[str]:
    """Return one line per function or module that is too long, and per debt that is paid but still stands."""
    debts: dict[str, int] = json.loads((root / _DEBTS).read_text()) if (root / _DEBTS).exists() else {}
    measured = {
        name: (lines, limit)
        for path in files.python_files(root)
        for name, lines, limit in _measure(path, root)
    }
    found = []
    for name, (lines, limit) in measured.items():
        allowed = max(limit, debts.get(name, 0))
        if lines > allowed:
            found.append(f"{name}: {lines} lines, at most {allowed}")
    for name, debt in debts.items():
        lines, limit = measured.get(name, (0, 0))
        if lines <= limit:
            found.append(f"{name}: the debt is paid; take it out of {_DEBTS}")
        elif lines < debt:
            found.append(f"{name}: has shrunk to {lines} lines; lower its debt in {_DEBTS}")
    return found


def _measure(path: Path, root: Path) -> Iterator[tuple[str, int, int]]:
    source = path.read_text()
    name = files.shown(path, root)
    if "/migrations/" not in name:
        yield name, source.count("\n"), MODULE_LINES
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name}::{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1, FUNCTION_LINES
