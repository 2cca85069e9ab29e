"""`./dev check` and `./dev fix`: everything that can be said about the code without running it."""

from __future__ import annotations

import subprocess
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from devtool import coverage_floor, environment, paths
from devtool.checks import advisories, dependencies, licences, migrations, papers, secrets, sizes, texts
from devtool.console import say

if TYPE_CHECKING:
    from collections.abc import Callable

_BIN = paths.VENV / "bin"

Check = tuple[str, "Callable[[], list[str]]"]


def _command(*command: str) -> Callable[[], list[str]]:
    def check() -> list[str]:
        done = subprocess.run(
            [str(_BIN / command[0]), *command[1:]],
            cwd=paths.ROOT,
            env=environment.program_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        return (done.stdout + done.stderr).strip().splitlines() or ["failed"] if done.returncode else []

    return check


def _types() -> list[str]:
    settings = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    packages = dict.fromkeys([*settings["packages"], "devtool", "benchmarks"])
    return _command("mypy", *(word for package in packages for word in ("-p", package)))()


def _walls() -> list[str]:
    said = _command("lint-imports", "--no-cache")()
    # Beside its faults the tool prints a banner and what is in order.
    begin = next((number for number, line in enumerate(said) if line.startswith("Broken contracts")), None)
    return said if begin is None else [line for line in said[begin + 2 :] if line.strip()]


def _timed(find: Callable[[], list[str]]) -> tuple[list[str], float]:
    started = time.monotonic()
    return find(), time.monotonic() - started


_TYPES: Check = ("types", _types)
CHECKS: tuple[Check, ...] = (
    ("format", _command("ruff", "format", "--check", "--quiet", "--output-format", "concise", ".")),
    ("lint", _command("ruff", "check", "--quiet", "--output-format", "concise", ".")),
    _TYPES,
    ("walls", _walls),
    ("sizes", sizes.faults),
    ("migrations", migrations.faults),
    ("licences", licences.faults),
    ("Persian in code", texts.persian_in_code),
    ("direction marks", texts.direction_marks),
    ("secrets", secrets.faults),
    ("requirements", texts.requirements),
    ("dependencies", dependencies.faults),
    ("papers", papers.faults),
)


_UNANSWERED = 2


def check(*, is_fast: bool, advisories_from: str | None = None) -> int:
    """Run every check (all but the types if `is_fast`), show time and faults of each; return the status.

    `advisories_from` is the address of the service that is also asked which pinned packages have known
    faults. The status is 1 if anything failed, and 2 if nothing did but that service gave no answer.
    """
    begun = time.monotonic()
    failed, unanswered = [], 0
    checks = [each for each in CHECKS if not (is_fast and each[0] == _TYPES[0])]
    if advisories_from is not None:
        checks.append(("known faults of packages", partial(advisories.faults, advisories_from)))
    # Two at a time, the types first: they take the longest, in a process of their own.
    with ThreadPoolExecutor(max_workers=2) as pool:
        order = sorted(checks, key=lambda each: each[0] != _TYPES[0])
        running = {name: pool.submit(_timed, find) for name, find in order}
        for name, _ in checks:
            try:
                faults, seconds = running[name].result()
            except advisories.NotAsked as error:
                faults, seconds = [f"{error}: nothing is known, good or bad"], time.monotonic() - begun
                unanswered += 1
            say(f"  {'✗' if faults else '✓'} {name} ({seconds:.1f} s)")
            for fault in faults:
                say(f"      {fault}")
            if faults:
                failed.append(name)
    outcome = f"failed: {', '.join(failed)}" if failed else "all is well"
    say(f"\nTotal {time.monotonic() - begun:.1f} s: {outcome}")
    say(f"{len(checks) - len(failed)} passed, {len(failed)} failed")
    return _UNANSWERED if unanswered and len(failed) == unanswered else int(bool(failed))


def fix() -> None:
    """Mend what tools can mend, and raise the coverage floors to what the last whole run reached."""
    subprocess.run([_BIN / "ruff", "check", "--fix", "--quiet", "."], cwd=paths.ROOT, check=False)
    subprocess.run([_BIN / "ruff", "format", "--quiet", "."], cwd=paths.ROOT, check=False)
    for line in coverage_floor.raise_floors():
        say(f"  {line}")
