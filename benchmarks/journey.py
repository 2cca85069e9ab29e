"""B-JOURNEY: whole automatic cases on real programs, and what each program spends on one."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks import processor
from benchmarks.figure import Figure, at_least
from benchmarks.stage import ROOT
from devtool import paths
from devtool.programs import UNITS
from devtool.supervisor import Child, Supervisor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.stage import Stage

ID = "B-JOURNEY"
CASES, OPEN_AT_ONCE = 300, 24
DATABASE = "panjereh"
# Sign-ins are prepared through the doors and pages are measured by themselves, so neither runs here.
PROGRAMS = ("registry", "land", "node-platform", "node-interior", "node-places", "worker", "sequencer")
MS = 1000
DRIVER, POSTGRES = "person (draft, answer, gather, submit)", "PostgreSQL"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found: `spent` is processor time by program, children included, in seconds."""

    cases: int
    seconds: float
    spent: dict[str, float]


def measure(stage: Stage) -> list[Figure]:
    """Walk hundreds of cases through an instance of their own and check each of them."""
    settings = stage.platform(DATABASE)
    people = granted(stage)[:CASES]
    with running(stage, settings) as pids, psycopg.connect(stage.admin_url, autocommit=True) as admin:
        run = drive(stage, settings, people, pids | {POSTGRES: postmaster(admin)})
    stage.say(
        f"{run.cases} cases in {run.seconds:.1f} s: each issued, one document, one message, three receipts"
    )
    return figures(run)


def figures(run: Run) -> list[Figure]:
    """Return the promise, and the cost of a case in all and by program."""
    per_case = {name: spent / run.cases * MS for name, spent in run.spent.items()}
    return [
        Figure(
            benchmark=ID,
            work="complete automatic cases on this machine, the person's own steps included",
            value=run.cases / run.seconds,
            unit="per second",
            must=at_least(8),
            aim=at_least(20),
        ),
        Figure(benchmark=ID, work="processor time of a case", value=sum(per_case.values()), unit="ms"),
        *(
            Figure(benchmark=ID, work=f"of it {name}", value=spent, unit="ms")
            for name, spent in sorted(per_case.items(), key=lambda each: -each[1])
        ),
    ]


def granted(stage: Stage) -> list[dict[str, Any]]:
    """Return the practice people whose certificate the registers grant alone."""
    told = stage.run(
        "-m", "panjereh_land", "people", "--json", "--count", "1000", settings=country(stage)["land"]
    )
    return [person for person in json.loads(told) if person["story"] == "granted"]


def country(stage: Stage) -> dict[str, dict[str, str]]:
    """Return the settings of every program of the stage's practice country, which must be there."""
    whole = json.loads((stage.folder / "keys" / "manifest.json").read_text())
    programs: dict[str, dict[str, str]] = whole.get("programs", whole)
    return programs


@contextmanager
def running(stage: Stage, settings: dict[str, str]) -> Iterator[dict[str, int]]:
    """Run the programs of the journey as `./dev up` does; give the process of each by name."""
    programs = country(stage) | {"platform": settings}
    ports = json.loads((stage.folder / "ports.json").read_text())
    logs = stage.folder / "logs"
    logs.mkdir()
    children = [
        Child(
            unit=replace(unit, after=tuple(name for name in unit.after if name in PROGRAMS)),
            environment=stage.environment(programs[unit.settings]),
            address=f"http://127.0.0.1:{ports[unit.port]}" if unit.port else "",
            logs=logs,
        )
        for unit in UNITS
        if unit.name in PROGRAMS
    ]
    supervisor = Supervisor(
        children=children, state_file=stage.folder / "state.json", python=paths.PYTHON, checkout=paths.ROOT
    )
    try:
        supervisor.start_all()
        yield {child.unit.name: child.running.pid for child in children if child.running}
    finally:
        supervisor.end_all()


def drive(stage: Stage, settings: dict[str, str], people: list[dict[str, Any]], pids: dict[str, int]) -> Run:
    """Sign the people in, start the clock, walk their cases, and return what was spent."""
    with ExitStack() as open_things:
        driver = open_things.enter_context(
            subprocess.Popen(  # noqa: S603 -- our own module
                [sys.executable, "-m", "benchmarks.journey_driver", "--open-at-once", str(OPEN_AT_ONCE)],
                cwd=ROOT,
                env=stage.environment(settings | {"DJANGO_SETTINGS_MODULE": "panjereh.config.settings"}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        open_things.callback(driver.kill)
        assert tell(driver, json.dumps(people))["signed_in"] == len(people)
        watched = pids | {DRIVER: driver.pid}
        before = {name: processor.seconds_of(pid) for name, pid in watched.items()}
        found = tell(driver, "go")
        spent = {name: processor.seconds_of(pid) - before[name] for name, pid in watched.items()}
        tell(driver, "thanks")
    assert found["cases"] == found["documents"] == found["messages"] == len(people)
    return Run(found["cases"], found["seconds"], spent)


def tell(driver: subprocess.Popen[str], line: str) -> dict[str, Any]:
    """Say a line to the driver and return its answer. Raises `AssertionError` when it has ended."""
    assert driver.stdin
    assert driver.stdout
    driver.stdin.write(f"{line}\n")
    driver.stdin.flush()
    answer = driver.stdout.readline()
    assert answer, "the driver ended; its last words are above"
    said: dict[str, Any] = json.loads(answer)
    return said


def postmaster(admin: psycopg.Connection[tuple[object, ...]]) -> int:
    """Return the process of the PostgreSQL server, whose children the backends are."""
    row = admin.execute("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)").fetchone()
    assert row
    return int(str(row[0]))
