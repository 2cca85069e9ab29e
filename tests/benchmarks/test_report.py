"""The report says what was measured, on what, and what was missed; a part measured again changes its part."""

from pathlib import Path

import pytest

from benchmarks import registry, report
from benchmarks.figure import Figure, at_most
from benchmarks.machine import Machine
from benchmarks.registry import Benchmark

MACHINE = Machine(
    cores=2,
    processor="Some CPU",
    memory_gib=24,
    system="Debian",
    python="3.12.1",
    postgresql="18.6",
    load=0.4,
)
WEIGHT = Benchmark(
    id="B-WEIGHT", name="weight", title="first visit", module="x", how="Counted.", notes=("No font.",)
)
PAGES = Benchmark(id="B-PAGE", name="pages", title="pages", module="x", how="Both warm.")


def run(benchmark: str, value: float) -> report.Run:
    figure = Figure(
        benchmark=benchmark,
        work="the page",
        value=value,
        unit="kB",
        reference=100,
        reference_work="the plain way",
        must=at_most(60),
        aim=at_most(30),
    )
    return report.Run(measured_at="2026-11-22 05:00 UTC", machine=MACHINE, figures=(figure,))


def test_the_page_tells_figure_reference_ratio_targets_and_outcome():
    page = report.page({"B-WEIGHT": run("B-WEIGHT", 40)}, [WEIGHT])

    row = next(line for line in page.splitlines() if line.startswith("| the page"))
    assert [cell.strip() for cell in row.strip("|").split("|")] == [
        "the page",
        "40 kB",
        "100 kB (the plain way)",
        "0.40",
        "≤ 60 kB",
        "≤ 30 kB",
        "**met**, the aim is not",
    ]


def test_the_page_says_what_is_missed():
    assert "**MISSED**" in report.page({"B-WEIGHT": run("B-WEIGHT", 61)}, [WEIGHT])


def test_the_page_says_on_what_it_was_measured():
    page = report.page({"B-WEIGHT": run("B-WEIGHT", 40)}, [WEIGHT])

    for word in ("2026-11-22 05:00 UTC", "2 cores", "Some CPU", "24 GiB", "Python 3.12.1", "18.6", "0.4"):
        assert word in page


def test_the_page_says_what_was_not_measured_yet_and_what_is_left_out():
    page = report.page({}, [WEIGHT])

    assert "Not measured yet." in page
    assert "- No font." in page


def test_a_part_measured_again_leaves_the_others_as_they_were(tmp_path: Path):
    kept = tmp_path / "measured.json"
    report.keep(kept, {"B-WEIGHT": run("B-WEIGHT", 40), "B-PAGE": run("B-PAGE", 1)})

    report.keep(kept, {"B-WEIGHT": run("B-WEIGHT", 20)})

    assert report.read(kept) == {"B-WEIGHT": run("B-WEIGHT", 20), "B-PAGE": run("B-PAGE", 1)}


def test_nothing_is_kept_before_the_first_measurement(tmp_path: Path):
    assert report.read(tmp_path / "measured.json") == {}


def test_benchmarks_are_chosen_by_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "BENCHMARKS", (WEIGHT, PAGES))

    assert registry.named(["pages"]) == [PAGES]
    assert registry.named([]) == [WEIGHT, PAGES]


def test_an_unknown_name_is_told_with_the_known_ones(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "BENCHMARKS", (WEIGHT, PAGES))

    with pytest.raises(LookupError, match=r"paegs.*weight, pages"):
        registry.named(["paegs"])
