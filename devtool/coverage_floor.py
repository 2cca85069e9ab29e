"""A ratchet: the share of branches the tests take may rise in every package, and never falls."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from devtool import paths

if TYPE_CHECKING:
    from pathlib import Path

FLOORS = paths.ROOT / "coverage-floor.json"
REPORT = paths.RUN / "coverage.json"
# Which lines a killed process or a drawn example reaches differs a little from run to run; a gate that fails
# by lot would teach people to run it twice.
SLACK = 0.5


def measured(report: Path = REPORT) -> dict[str, float]:
    """Return each package's share of lines and branches covered in the last run: per cent, down to tenths."""
    counts: dict[str, list[int]] = {}
    for name, entry in json.loads(report.read_text())["files"].items():
        summary = entry["summary"]
        count = counts.setdefault(package_of(name), [0, 0])
        count[0] += summary["covered_lines"] + summary["covered_branches"]
        count[1] += summary["num_statements"] + summary["num_branches"]
    return {
        package: math.floor(1000 * covered / total) / 10 if total else 100.0
        for package, (covered, total) in sorted(counts.items())
    }


def package_of(path: str) -> str:
    """Return what a file is counted under: its room, its part of the platform, or its program or library."""
    parts = path.rpartition("src/")[2].split("/")
    if parts[0] != "panjereh":
        return parts[0]
    depth = 3 if parts[1] in {"domain", "web"} else 2
    return "/".join(parts[:depth]) if len(parts) > depth else "/".join(parts[:-1])


def faults(report: Path = REPORT, floors: Path = FLOORS) -> list[str]:
    """Return one line per package below its floor, without one, or gone."""
    wanted: dict[str, float] = json.loads(floors.read_text()) if floors.exists() else {}
    reached = measured(report)
    found = [
        f"{package}: {reached[package]} % covered, the floor is {floor} %"
        for package, floor in wanted.items()
        if package in reached and reached[package] < floor - SLACK
    ]
    found += [
        f"{package}: has no floor yet; ./dev fix writes it" for package in reached.keys() - wanted.keys()
    ]
    found += [
        f"{package}: has a floor but no file; take it out" for package in wanted.keys() - reached.keys()
    ]
    return sorted(found)


def raise_floors(report: Path = REPORT, floors: Path = FLOORS) -> list[str]:
    """Lift each floor to what the last whole run reached; return one line per floor that rose."""
    if not report.exists():
        return []
    wanted: dict[str, float] = json.loads(floors.read_text()) if floors.exists() else {}
    reached = measured(report)
    raised = {package: max(share, wanted.get(package, 0.0)) for package, share in reached.items()}
    if raised != wanted:
        floors.write_text(json.dumps(raised, indent=1, sort_keys=True) + "\n")
    return [
        f"{package}: floor {wanted.get(package, 0.0)} % → {share} %"
        for package, share in raised.items()
        if share > wanted.get(package, 0.0)
    ]
