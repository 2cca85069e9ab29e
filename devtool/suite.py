"""`./dev test` and `./dev journey`: the tests, against a real PostgreSQL, in random order."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from devtool import coverage_floor, environment, instance, paths, postgres
from devtool.console import Trouble, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_TESTS = paths.ROOT / "tests"
_REPORT = paths.RUN / "tests.xml"
_OLD_REPORT = paths.RUN / "tests-oldest.xml"
_COUNTS = paths.RUN / "journey-counts"
_TOLD = ("tests", "failures", "errors", "skipped")
_WORKERS = 2
_ROUNDS = "100"


def test(what: Sequence[str], *, everything: bool, no_skips: bool) -> int:
    """Run the tests of the rooms, programs or paths in `what`, or all of them; return the status.

    Named parts run without their slow tests, for a quick answer; all of them, or `everything`, with them.
    A whole run also measures coverage and holds the floors. `everything` adds rehearsals of losses and
    upgrades, more made-up examples of costly laws, PostgreSQL 15 where installed, and to a whole run the
    walk through failures with a hundred random ones.
    `no_skips` makes a skipped test a failure.
    """
    begun = time.monotonic()
    environment.set_up()
    missing = environment.name_missing_tools()
    is_whole = not what
    where = [str(place_of(name)) for name in what] or [str(_TESTS)]
    left_out = [] if everything else ["-m", "not rehearsal" if is_whole else "not slow"]
    chosen = [*where, *left_out]
    _OLD_REPORT.unlink(missing_ok=True)
    with _database() as admin_url:
        status = _pytest(chosen, admin_url=admin_url, measured=is_whole, everything=everything)
    if everything:
        status = _on_old_postgresql(chosen) or status
    # On CI everything a test may need is there: a skip would hide what was not tested.
    no_skips = no_skips or bool(os.environ.get("CI"))
    faults = _skips() if no_skips else []
    if is_whole:
        faults += _coverage_faults()
    walked = _hundred_kills() if everything and is_whole else ""
    for fault in faults:
        say(f"  ✗ {fault}")
    if missing and no_skips:
        say(f"  ✗ missing system packages: {' '.join(missing)}")
    say(f"\nTotal {time.monotonic() - begun:.0f} s")
    # The last line, for any reader of the log: what ran, counted from the reports themselves.
    told = counts((_REPORT, _OLD_REPORT), status=status, faults=len(faults) + bool(missing and no_skips))
    say(added(told, walked) if walked else told)
    return status or int(bool(faults)) or int(bool(walked) and ", 0 failed" not in walked)


def _hundred_kills() -> str:
    """Walk on an instance of its own, or on the one that runs; return what the walk counted."""
    say("\nA hundred random kills and freezes:")
    failures(_ROUNDS, "", "")
    return _COUNTS.read_text(encoding="ascii").strip() if _COUNTS.exists() else "0 passed, 1 failed"


def added(one: str, other: str) -> str:
    """Return two lines of counts as one."""
    sums: dict[str, int] = {}
    for part in (*one.split(", "), *other.split(", ")):
        number, _, name = part.partition(" ")
        sums[name] = sums.get(name, 0) + int(number)
    return ", ".join(f"{number} {name}" for name, number in sums.items())


def place_of(name: str) -> object:
    """Return the tests' folder of a room or program, or the path itself. Raises `Trouble` for neither."""
    file, _, inner = name.partition("::")
    for place in (_TESTS / "platform" / file, _TESTS / file, paths.ROOT / file):
        if place.exists():
            return f"{place}::{inner}" if inner else place
    known = sorted(
        place.name for place in (*_TESTS.glob("platform/*/"), *_TESTS.glob("*/")) if place.name[0] != "_"
    )
    raise Trouble(f"There are no tests called {name}.", hint=f"There are: {', '.join(known)}.")


@contextmanager
def _database() -> Iterator[str]:
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with postgres.stopped_together(postgres.server("test")) as url:
        yield url


def _pytest(
    chosen: Sequence[str], *, admin_url: str, measured: bool, everything: bool, report: Path = _REPORT
) -> int:
    paths.make_private(paths.RUN)
    report.unlink(missing_ok=True)
    python = str(paths.PYTHON)
    # Each worker takes whole modules as long as it can: what a module shares is made once, not by each.
    command = [python, "-m", "pytest", "-q", "-n", str(_WORKERS), "--dist", "worksteal"]
    command += [f"--junitxml={report}", *chosen]
    if measured:
        _forget_coverage()
        command = [python, "-m", "coverage", "run", *command[1:]]
    settings = environment.program_environment() | {"DATABASE_URL": admin_url}
    settings["PYTHONPATH"] = os.pathsep.join([settings["PYTHONPATH"], str(paths.ROOT)])
    settings |= {"PANJEREH_TEST_EVERYTHING": "1"} if everything else {}
    return subprocess.run(command, cwd=paths.ROOT, env=settings, check=False).returncode


def _forget_coverage() -> None:
    for old in [paths.ROOT / ".coverage", *paths.ROOT.glob(".coverage.*")]:
        old.unlink(missing_ok=True)


def _coverage_faults() -> list[str]:
    coverage = [str(paths.PYTHON), "-m", "coverage"]
    for step in (["combine", "-q"], ["json", "-q", "-o", str(coverage_floor.REPORT)]):
        done = subprocess.run([*coverage, *step], cwd=paths.ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            return [f"coverage {step[0]}: {(done.stderr or done.stdout).strip()}"]
    return coverage_floor.faults()


def counts(reports: Sequence[Path], *, status: int, faults: int) -> str:
    """Return what the tests' own reports and the tool's `faults` come to, as one line."""
    suites = [suite for report in reports if report.exists() for suite in _suites(report)]
    told = {name: sum(int(suite.get(name, 0)) for suite in suites) for name in _TOLD}
    failed = told["failures"] + told["errors"] + faults
    # A run that broke off before it could count has failed all the same.
    failed = failed or int(bool(status) or not suites)
    passed = told["tests"] - told["failures"] - told["errors"] - told["skipped"]
    return f"{passed} passed, {failed} failed" + (f", {told['skipped']} skipped" if told["skipped"] else "")


def _suites(report: Path) -> Iterator[ET.Element]:
    return ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - our own pytest wrote it


def _skips() -> list[str]:
    if not _REPORT.exists():
        return ["the tests left no report"]
    reports = [report for report in (_REPORT, _OLD_REPORT) if report.exists()]
    cases = [case for report in reports for suite in _suites(report) for case in suite.iter("testcase")]
    return [
        f"skipped: {case.get('classname')}::{case.get('name')}: {skip.get('message')}"
        for case in cases
        for skip in case.findall("skipped")
    ]


def _on_old_postgresql(chosen: Sequence[str]) -> int:
    """Run again on the oldest PostgreSQL we promise to support, if Debian's package is installed."""
    if not (postgres.OLDEST / "bin" / "initdb").exists():
        say("  ! PostgreSQL 15 is not installed: left out. To have it too: apt-get install postgresql-15")
        return 0
    with postgres.stopped_together(postgres.server("test-oldest")) as url:
        say("\nOn PostgreSQL 15:")
        return _pytest(chosen, admin_url=url, measured=False, everything=True, report=_OLD_REPORT)


def journey() -> int:
    """Walk the journey against this checkout's instance; one that was started for it is ended afterwards."""
    return _walk("tests.journeys")


def failures(rounds: str, seed: str, only: str, *, begin: str = "1") -> int:
    """Walk it while its programs are killed and frozen; a `seed` repeats an earlier walk, its random rounds
    from number `begin` on.
    """
    chosen = ["--rounds", rounds, "--from", begin, "--only", only, *(["--seed", seed] if seed else [])]
    return _walk("tests.journeys.failures", *chosen)


def in_browser(screens: str, only: str) -> int:
    """Walk it in the system's Chromium, as people do; `screens` is a folder for pictures of every page."""
    chosen = [*(["--screens", screens] if screens else []), "--only", only]
    return _walk("tests.journeys.browser_walk", *chosen)


def _walk(module: str, *arguments: str) -> int:
    was_up = instance.is_ready()
    if not was_up:
        instance.up(detach=True)
    settings = environment.program_environment() | {
        "PYTHONPATH": os.pathsep.join([str(paths.ROOT / "src"), str(paths.ROOT)]),
        "PANJEREH_JOURNEY_URL": instance.read_manifest()["platform"]["PANJEREH_PUBLIC_URL"],
        "PANJEREH_JOURNEY_MANIFEST": str(instance.SETTINGS),
        "PANJEREH_JOURNEY_STATE": str(instance.STATE),
        "PANJEREH_JOURNEY_DATABASE_URL": instance.database_url(),
        "PANJEREH_JOURNEY_COUNTS": str(_COUNTS),
    }
    _COUNTS.unlink(missing_ok=True)
    try:
        command = [str(paths.PYTHON), "-m", module, *arguments]
        return subprocess.run(command, cwd=paths.ROOT, env=settings, check=False).returncode
    finally:
        if not was_up:
            instance.down()
        say(_COUNTS.read_text(encoding="ascii").strip() if _COUNTS.exists() else "0 passed, 1 failed")
