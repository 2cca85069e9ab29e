"""What charts draw: the platform's own geometry, and beside it the same numbers for the table."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.utils.translation import get_language

from benchmarks.plain.index_models import IndexEdition
from panjereh.plumbing import pages
from panjereh.plumbing.kit import drawing
from panjereh.web.oversight.indices import words

SHAPES = (
    "M-5-2l3-3h4l3 3v4l-3 3h-4l-3-3z",
    "M-5-5h10v10h-10z",
    "M0-6l6 11h-12z",
    "M0-6.5l6.5 6.5-6.5 6.5-6.5-6.5z",
    "M-5-5h10v10h-10z",
    "M0 6l6-11h-12z",
)
DASHES = ("", "9 4", "2 4", "7 5", "12 3 2 3", "1 3")
HOLLOW = 3  # the shapes from here on


def series(
    known: Sequence[IndexEdition], rows: Sequence[Any], parts: Sequence[str], *, ranks: bool
) -> list[tuple[str, list[float | None]]]:
    """Return the values or ranks of a state in each part, None where an edition has none."""
    by_year = {row.edition.year: row for row in rows}
    names = words.short_names()

    def cell(year: str, part: str) -> float | None:
        row = by_year.get(year)
        value: float | None = row and getattr(row, part)
        return getattr(row, f"{part}_rank") if ranks and value is not None else value

    return [(names[part], [cell(each.year, part) for each in known]) for part in parts]


def breaks(known: Sequence[IndexEdition]) -> list[tuple[int, str]]:
    """Return the editions from which another method was used, and what changed."""
    return [
        (int(each.year), f"{pages.digits(each.year)}: {words.changes_of_method(each.changes)}")
        for each in known
        if each.changes
    ]


def share(count: float, top: float) -> float:
    """Return how wide a bar is, in percent."""
    return round(100 * min(count, top) / top, 2)


def lines(
    columns: list[tuple[int, str]],
    rows: Sequence[tuple[str, Sequence[float | None]]],
    *,
    falling: bool,
    breaks: Sequence[tuple[int, str]],
    path: list[drawing.Path],
) -> dict[str, Any]:
    """Return what a line chart draws, and the rows of its table, the newest first."""
    drawn = drawing.lines(columns, rows, falling=falling, breaks=[time for time, _ in breaks], path=path)
    looks = zip_longest(range(1, len(drawn.series) + 1), drawn.series, SHAPES, DASHES)
    table = [
        (
            told,
            [(name, values[place]) for name, values in rows],
            [(way.name, way.values[place]) for way in drawn.paths],
        )
        for place, (_, told) in enumerate(columns)
    ]
    return {
        "drawn": drawn,
        "height": drawn.bottom + 36,
        "inner": drawn.bottom + 8,
        "foot": drawn.bottom + 26,
        "marks": [(mark, y, y + 5) for mark in drawn.scale.marks for y in [drawn.scale.height_of(mark)]],
        "lines": [
            {
                "place": place,
                "line": line,
                "shape": shape,
                "dash": dash,
                "is_hollow": place > HOLLOW,
                "name_y": line.last and line.last.words_y - 2,
                "value_y": line.last and line.last.words_y + 16,
            }
            for place, line, shape, dash in looks
            if line
        ],
        "ways": [(way, way.end.y + 5) for way in drawn.paths],
        "table": table[::-1],
        "heads": [name for name, _ in rows] + [way.name for way in drawn.paths],
    }


def strip(values: Sequence[float], marked: Sequence[tuple[str, float]]) -> dict[str, Any]:
    """Return what a strip of dots draws."""
    base = 130 + 26 * len(marked)
    is_rtl = get_language() == "fa"
    return {
        "base": base,
        "height": base + 32,
        "foot": base + 24,
        "line": base + 2,
        "stacks": [(_across(x, is_rtl), base - 7 * count + 2) for x, count in drawing.stacks(values)],
        "ticks": [_tick(part, is_rtl) for part in (0, 0.25, 0.5, 0.75, 1)],
        "marked": [
            _marked(place, each, is_rtl) | {"shape": SHAPES[place - 1], "dash": DASHES[place - 1]}
            for place, each in enumerate(marked, 1)
        ],
    }


def _across(place: float, is_rtl: bool) -> float:  # noqa: FBT001 -- which way the page runs
    return round(100 - place, 2) if is_rtl else place


def _tick(part: float, is_rtl: bool) -> dict[str, Any]:  # noqa: FBT001 -- which way the page runs
    is_left = (part == 1) != is_rtl
    anchor = "middle" if 0 < part < 1 else "end" if is_left else "start"
    return {"x": _across(drawing.along(part), is_rtl), "part": part, "anchor": anchor}


def _marked(place: int, each: tuple[str, float], is_rtl: bool) -> dict[str, Any]:  # noqa: FBT001 -- as above
    name, value = each
    along = drawing.along(value)
    is_left = (along > 50) != is_rtl  # noqa: PLR2004 -- the middle
    return {
        "place": place,
        "name": name,
        "value": value,
        "x": _across(along, is_rtl),
        "top": 26 * place - 4,
        "y": 26 * place - 5,
        "words_x": -14 if is_left else 14,
        "anchor": "end" if is_left != is_rtl else "start",
    }
