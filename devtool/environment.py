"""Bring a checkout to where its programs and tests run: packages, message catalogues, system tools."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from devtool import paths
from devtool.console import Trouble, say, step
from devtool.locks import exclusive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

UV_VERSION = "0.13.9"
_UV = paths.CACHE / "uv" / "bin" / "uv"
_REQUIREMENTS = paths.ROOT / "requirements" / "dev.txt"
_STAMP = paths.VENV / ".synced"
_COMPILE = """
import sys
from babel.messages.frontend import CommandLineInterface as Babel

for source in sys.argv[1:]:
    if Babel().run(["pybabel", "-q", "compile", "-i", source, "-o", source.removesuffix("po") + "mo"]):
        sys.exit(f"{source} is faulty")
"""
# What only some tests need: (program, Debian's package, what goes without it).
SYSTEM_TOOLS = (
    ("chromium", "chromium", "journeys in a browser"),
    ("pdfsig", "poppler-utils", "checks of signed documents by a foreign program"),
    ("softhsm2-util", "softhsm2", "keys in a security module"),
)


def set_up() -> None:
    """Install the pinned packages and compile the catalogues, each only if what it is made from changed."""
    with exclusive(paths.CACHE / "setup.lock"):
        if _stamp() != _wanted_stamp():
            _install()
        _compile_catalogues()


def _wanted_stamp() -> str:
    made_from = hashlib.sha256(_REQUIREMENTS.read_bytes())
    made_from.update(f"{UV_VERSION} {sys.version_info[:2]} {paths.ROOT}".encode())
    return made_from.hexdigest()


def _stamp() -> str:
    # A stamp without a working interpreter (the system's Python was replaced) is worth nothing.
    return _STAMP.read_text() if _STAMP.exists() and paths.PYTHON.exists() else ""


def _install() -> None:
    if not (paths.CACHE / "uv" / f"uv-{UV_VERSION}.dist-info").exists():
        with step("installing uv"):
            shutil.rmtree(paths.CACHE / "uv", ignore_errors=True)
            pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            pip += ["--root-user-action=ignore", "--target", str(paths.CACHE / "uv"), f"uv=={UV_VERSION}"]
            run(pip, hint="pip comes with: apt-get install python3-pip")
    with step("installing the pinned packages"):
        if not paths.PYTHON.exists():
            run([str(_UV), "venv", "-q", "--clear", "--python", sys.executable, str(paths.VENV)])
        run(
            [
                str(_UV),
                "pip",
                "sync",
                "-q",
                "--python",
                str(paths.PYTHON),
                "--require-hashes",
                str(_REQUIREMENTS),
            ]
        )
        paths.write_whole(_STAMP, _wanted_stamp(), mode=0o644)


def _compile_catalogues() -> None:
    stale = [source for source in catalogues() if not _is_fresh(source)]
    if not stale:
        return
    with step("compiling the message catalogues"):
        # One process for all: starting one for each takes longer than everything it does.
        run([str(paths.PYTHON), "-c", _COMPILE, *map(str, stale)])


def catalogues() -> list[Path]:
    """Return every message catalogue of the source tree."""
    return sorted((paths.ROOT / "src").glob("**/locale/*/LC_MESSAGES/*.po"))


def _is_fresh(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def name_missing_tools() -> list[str]:
    """Say which system packages are missing and what goes on without them; return their names."""
    missing = [row for row in SYSTEM_TOOLS if shutil.which(row[0]) is None]
    for program, _, use in missing:
        say(f"  ! {program} is not installed: left out are {use}.")
    packages = [package for _, package, _ in missing]
    if packages:
        prefix = "" if os.geteuid() == 0 else "sudo "
        say(f"    To have them too: {prefix}apt-get install --no-install-recommends {' '.join(packages)}")
    return packages


def run(command: Sequence[str], *, hint: str = "") -> None:
    """Run a command of the set-up; raise `Trouble` with what it said when it fails."""
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-12:]
        raise Trouble("\n".join([f"This failed: {' '.join(command)}", *said]), hint=hint)


def uv() -> Path:
    """Return the installer, which `set_up` brought."""
    return _UV


def program_environment() -> dict[str, str]:
    """Return the environment every program of ours starts from: the person's own, our source in reach."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PANJEREH_"))}
    return kept | {"PYTHONPATH": str(paths.ROOT / "src"), "PYTHONUNBUFFERED": "1", "PYTHONSAFEPATH": "1"}
