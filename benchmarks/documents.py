"""B-DOCS: what one signed certificate costs: record and QR, the render behind its walls, the signature."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figure import Figure, at_most

if TYPE_CHECKING:
    from benchmarks.stage import Stage

ID = "B-DOCS"
MUST_MS, AIM_MS = 60, 40
PARTS = {
    "files": "of it record, dates and QR",
    "render": "of it the render in a walled child",
    "sign": "of it the signature (PAdES B-B)",
}


def measure(stage: Stage) -> list[Figure]:
    """Make documents in a process of its own, each checked as the public check does, and take the median."""
    settings = stage.platform("panjereh") | {"DJANGO_SETTINGS_MODULE": "panjereh.config.settings"}
    script = str(Path(__file__).with_name("documents_player.py"))
    found: dict[str, float] = json.loads(stage.run(script, settings=settings))
    stage.say(f"{found.pop('documents'):.0f} certificates made and verified")
    return figures(found)


def figures(found: dict[str, float]) -> list[Figure]:
    """Return the promise and its parts, all in milliseconds of processor time."""
    whole = Figure(
        benchmark=ID,
        work="one address certificate: record, QR, render, signature",
        value=sum(found[part] for part in PARTS),
        unit="ms of processor time",
        must=at_most(MUST_MS),
        aim=at_most(AIM_MS),
    )
    return [whole] + [
        Figure(benchmark=ID, work=work, value=found[part], unit="ms of processor time")
        for part, work in PARTS.items()
    ]
