"""The files of the checkout that belong to the product."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from devtool import paths

if TYPE_CHECKING:
    from pathlib import Path

_NOT_OURS = {".git", ".venv", ".dev", ".run", "node_modules", "__pycache__", "htmlcov"}
_BINARY = {".woff2", ".woff", ".ttf", ".png", ".jpg", ".ico", ".pdf", ".gz", ".mo", ".svgz"}


@cache
def tracked(root: Path = paths.ROOT) -> tuple[Path, ...]:
    """Return every text file that git tracks or would track; without git, every file not in a known cache."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-coz", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [root / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
    else:
        found = [path for path in root.rglob("*") if not _NOT_OURS & set(path.relative_to(root).parts)]
    return tuple(sorted(path for path in found if path.is_file() and path.suffix not in _BINARY))


def python_files(root: Path = paths.ROOT) -> list[Path]:
    """Return the Python modules among them."""
    return [path for path in tracked(root) if path.suffix == ".py" or path.name == "dev"]


def shown(path: Path, root: Path = paths.ROOT) -> str:
    """Return the path as people name it."""
    return path.relative_to(root).as_posix()
