"""Measure what is named, print it, keep it, and write the page."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import registry, report
from benchmarks.machine import this_machine
from benchmarks.stage import ROOT, Stage
from devtool import paths
from devtool.console import say

if TYPE_CHECKING:
    from benchmarks.figure import Figure

ADMIN_URL = "PANJEREH_BENCH_ADMIN_URL"


def main(names: list[str]) -> int:
    """Run benchmarks by name, all of them for none; return the status for the shell.

    What is missed is shown and written, and is no failure of the run: a run fails when work was not done.
    """
    try:
        chosen = registry.named(names)
    except LookupError as error:
        say(str(error.args[0]))
        return 2
    admin_url = os.environ[ADMIN_URL]
    for benchmark in chosen:
        machine = this_machine(admin_url)
        begun = dt.datetime.now(tz=dt.UTC)
        say(f"\n{benchmark.id}: {benchmark.title}")
        figures = _measure(benchmark, admin_url)
        say(report.table(figures))
        run = report.Run(
            measured_at=begun.strftime("%Y-%m-%d %H:%M UTC"), machine=machine, figures=tuple(figures)
        )
        _keep(benchmark.id, run)
    say(f"\n{report.PAGE} is written.")
    return 0


def _measure(benchmark: registry.Benchmark, admin_url: str) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix=f"bench-{benchmark.name}-", dir=paths.RUN) as folder:
        stage = Stage(folder=Path(folder), admin_url=admin_url)
        figures: list[Figure] = import_module(benchmark.module).measure(stage)
    assert figures, f"{benchmark.id} measured nothing"
    assert {each.benchmark for each in figures} == {benchmark.id}
    return figures


def _keep(benchmark_id: str, run: report.Run) -> None:
    report.keep(ROOT / report.DATA, {benchmark_id: run})
    paths.write_whole(ROOT / report.PAGE, report.page(report.read(ROOT / report.DATA)), mode=0o644)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
