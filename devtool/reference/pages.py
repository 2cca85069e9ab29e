"""The list of what is made, and whether what lies in the checkout is what would be made now."""

from __future__ import annotations

from functools import cache

from benchmarks import report
from devtool import paths
from devtool.reference import (
    access,
    addresses,
    asvs,
    boundaries,
    data_sets,
    database,
    events,
    failures,
    flows,
    gaps,
    jobs,
    journey,
    law,
    limits,
    metrics,
    openapi,
    pack_faults,
    programs,
    refusals,
    rooms,
    settings,
    standards,
)

FOLDERS = ("docs/reference", "docs/pictures")
SENTENCE = "{name} is out of date: run ./dev docs and commit what it writes."


@cache
def made() -> dict[str, str]:
    """Return path in the checkout → content, of every page and picture."""
    reference, pictures = FOLDERS
    files = {
        f"{reference}/settings.md": settings.page(),
        f"{reference}/refusals.md": refusals.page(),
        f"{reference}/addresses.md": addresses.page(),
        f"{reference}/access.md": access.page(),
        f"{reference}/asvs.md": asvs.page(),
        f"{reference}/standards.md": standards.page(),
        f"{reference}/events.md": events.page(),
        f"{reference}/jobs.md": jobs.page(),
        f"{reference}/limits.md": limits.page(),
        f"{reference}/metrics.md": metrics.page(),
        f"{reference}/data-sets.md": data_sets.page(),
        f"{reference}/database.md": database.page(),
        f"{reference}/case-states.md": flows.page(),
        f"{reference}/journey.md": journey.page(),
        f"{reference}/failures.md": failures.page(),
        f"{reference}/gaps.md": gaps.page(),
        f"{reference}/law.md": law.page(),
        f"{reference}/openapi.json": openapi.document(),
        f"{reference}/openapi.md": openapi.page(),
        f"{reference}/pack-faults.md": pack_faults.page(),
        # Nothing is measured for it: the page says what the last `./dev bench` kept.
        report.PAGE: report.page(report.read(paths.ROOT / report.DATA)),
        f"{pictures}/programs.svg": programs.picture(),
        f"{pictures}/rooms.svg": rooms.picture(),
        f"{pictures}/boundaries.svg": boundaries.picture(),
        f"{pictures}/journey.svg": journey.picture(),
    }
    return files | {f"{pictures}/{name}": picture for name, picture in flows.pictures().items()}


def stale() -> dict[str, str | None]:
    """Return the files that differ from what the code says, with what they should be; None: should not be."""
    files = made()
    there = {
        path.relative_to(paths.ROOT).as_posix()
        for folder in FOLDERS
        for path in (paths.ROOT / folder).glob("*")
        if path.is_file()  # folders hold what others make, such as the pictures of the pages
    }
    return {name: text for name, text in sorted(files.items()) if _read(name) != text} | dict.fromkeys(
        sorted(there - set(files))
    )


def _read(name: str) -> str | None:
    path = paths.ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else None
