"""Where things live in a checkout, in one place."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
KEYS = RUN / "keys"
LOGS = RUN / "logs"
CACHE = ROOT / ".dev"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def checkout_hash(root: Path = ROOT) -> str:
    """Return ten letters that tell this checkout from every other on the machine."""
    return hashlib.sha256(os.fsencode(root)).hexdigest()[:10]


def make_private(directory: Path) -> Path:
    """Make `directory` (and missing parents) readable by its owner alone; return it."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    if directory.stat().st_uid == os.geteuid():
        directory.chmod(0o700)
    return directory


def write_whole(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Write `text` so that a reader sees the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
            file.write(text)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
