"""The page of international standards: which function answers to which, how far, by which evidence."""

from __future__ import annotations

from itertools import groupby

from devtool import paths
from devtool.reference import markdown
from panjereh.web.public.about.standards import Conforming, read_standards

_HEADINGS = ("standard", "part", "function", "state", "why", "evidence")


def page() -> str:
    """Return the page."""
    lines = read_standards(paths.ROOT / "data")
    return markdown.page(
        "International standards",
        "Judged by ourselves, by nobody else, from `data/standards/standards.csv`; people read the same at "
        "`/about/standards/`. A test holds that all evidence is there: it shows the thing, it does not prove "
        "that nothing is missing.",
        *(
            markdown.section(area.replace("-", " ").capitalize(), markdown.table(_HEADINGS, map(_row, group)))
            for area, group in groupby(lines, key=lambda each: each.area)
        ),
    )


def _row(line: Conforming) -> list[str]:
    evidence = "<br>".join(markdown.code(each) for each in line.evidence) or markdown.NONE
    state = line.state.replace("-", " ")
    return [line.standard, line.part, line.function["en"], state, line.note["en"], evidence]
