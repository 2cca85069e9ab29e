"""The report: results kept as data, and the page made from them."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.figure import Bound, Figure, Verdict, figure_of
from benchmarks.machine import Machine
from benchmarks.registry import BENCHMARKS, Benchmark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PAGE = "docs/reference/benchmarks.md"
DATA = "benchmarks/measured.json"
_TINY, _SMALL, _LARGE = 0.1, 10.0, 1000.0

_MARKS = {
    Verdict.AIM: "**aim reached**",
    Verdict.MET: "**met**, the aim is not",
    Verdict.MISSED: "**MISSED**",
    Verdict.NONE: "no target",
}
_HEAD = """# Benchmarks

Measured by `./dev bench`, never by a test. Machines are shared and noisy: a figure counts only as a ratio to
a reference that ran beside it in the same run, or as processor time per operation. Each benchmark asserts
that the work was really done. “Must” is promised, “aim” is wished for; what is missed is said.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One benchmark, measured once: when (ISO, UTC), on what, and its figures."""

    measured_at: str
    machine: Machine
    figures: tuple[Figure, ...]


Runs = dict[str, Run]


def read(path: Path) -> Runs:
    """Return the kept results by benchmark id; nothing where nothing was ever measured."""
    if not path.exists():
        return {}
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: _run_of(run) for name, run in kept.items()}


def keep(path: Path, runs: Mapping[str, Run]) -> None:
    """Write results over those of the same benchmarks; the others stay as they were."""
    whole = {**read(path), **runs}
    text = json.dumps({name: dataclasses.asdict(whole[name]) for name in sorted(whole)}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def page(runs: Mapping[str, Run], benchmarks: Iterable[Benchmark] = BENCHMARKS) -> str:
    """Return the page of all benchmarks, each with its last results."""
    return "\n".join([_HEAD, *(_section(each, runs.get(each.id)) for each in benchmarks)])


def table(figures: Iterable[Figure]) -> str:
    """Return figures as a table of Markdown, which a terminal shows as well."""
    rows = [
        ("measured", "figure", "reference", "ratio", "must", "aim", "outcome"),
        *((each.work, *_numbers(each), _MARKS[each.verdict]) for each in figures),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _section(benchmark: Benchmark, run: Run | None) -> str:
    lines = [f"## {benchmark.id}: {benchmark.title}", "", benchmark.how, ""]
    if run is None:
        lines += ["Not measured yet.", ""]
    else:
        lines += [table(run.figures), "", f"{_where(run)} Again: `./dev bench {benchmark.name}`", ""]
    return "\n".join([*lines, *(f"- {note}" for note in benchmark.notes), *([""] if benchmark.notes else [])])


def _where(run: Run) -> str:
    machine = run.machine
    return (
        f"Measured {run.measured_at} on {machine.cores} cores ({machine.processor}), "
        f"{machine.memory_gib} GiB, {machine.system}, Python {machine.python}, "
        f"PostgreSQL {machine.postgresql}; load at the start {machine.load}."
    )


def _numbers(figure: Figure) -> tuple[str, str, str, str, str]:
    reference = "—"
    if figure.reference is not None:
        reference = f"{_plain(figure.reference)} {figure.unit} ({figure.reference_work})"
    return (
        f"{_plain(figure.value)} {figure.unit}",
        reference,
        "—" if figure.ratio is None else f"{figure.ratio:.2f}",
        _limit(figure.must, figure.unit),
        _limit(figure.aim, figure.unit),
    )


def _limit(bound: Bound | None, unit: str) -> str:
    if bound is None:
        return "—"
    sign = "≤" if bound.is_upper else "≥"
    return f"{sign} {_plain(bound.limit)} {'×' if bound.of == 'ratio' else unit}"


def _plain(number: float) -> str:
    if number == round(number) and abs(number) < _LARGE:
        return f"{number:.0f}"
    if abs(number) < _TINY:
        return f"{number:.3f}"
    return (
        f"{number:.2f}"
        if abs(number) < _SMALL
        else f"{number:,.1f}"
        if abs(number) < _LARGE
        else f"{number:,.0f}"
    )


def _run_of(kept: dict[str, Any]) -> Run:
    return Run(
        measured_at=kept["measured_at"],
        machine=Machine(**kept["machine"]),
        figures=tuple(figure_of(each) for each in kept["figures"]),
    )
