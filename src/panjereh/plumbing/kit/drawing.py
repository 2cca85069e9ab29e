"""Where the parts of a chart stand: across in percent of its width, down in pixels.

With percent one drawing fits every width and its letters keep their size: no smaller one for phones.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Column = tuple[int, str]  # a place on the axis of time, and its words
Series = tuple[str, Sequence[float | None]]  # a name, and a value for each column
Path = tuple[str, int, float, int, float]  # a name, and where a straight line begins and ends

TOP: Final = 34
HEIGHT: Final = 250
LEFT: Final = 13.0
RIGHT: Final = 80.0
LABEL: Final = 40
SHORT: Final = 16
BETWEEN_COLUMNS: Final = 12.0
LINES: Final = 4
STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks of an axis, from `low` to `high`; `is_falling` where small values stand above great ones."""

    marks: tuple[float, ...]
    places: int
    is_falling: bool

    def height_of(self, value: float) -> float:
        """Return where a value stands, from the top of the drawing."""
        part = (value - self.marks[0]) / (self.marks[-1] - self.marks[0])
        return round(TOP + HEIGHT * (part if self.is_falling else 1 - part), 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """One value: where it stands, and where its words do, so that no two cover each other."""

    x: float
    y: float
    words_y: float
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its polylines, broken where a value is missing, its marks, and the last of them."""

    name: str
    runs: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def last(self) -> Mark | None:
        """The mark its name stands beside; None where the series has no value."""
        return self.marks[-1] if self.marks else None


@dataclass(frozen=True, slots=True)
class Way:
    """A straight line to a target: its polyline, where it ends, and its value at each column."""

    name: str
    points: str
    end: Mark
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A line chart. `is_direct`: names are short enough to stand at the ends of their lines."""

    scale: Scale
    columns: tuple[tuple[float, str], ...]
    series: tuple[Line, ...]
    paths: tuple["Way", ...]
    breaks: tuple[float, ...]
    is_direct: bool
    bottom: int = TOP + HEIGHT


def lines(
    columns: Sequence[Column],
    series: Sequence[Series],
    *,
    falling: bool = False,
    from_nought: bool = True,
    breaks: Sequence[int] = (),
    path: Sequence[Path] = (),
) -> Lines:
    """Draw series over time, from left to right. `breaks` are times before which the method changed."""
    times = [time for time, _ in columns] + [time for each in path for time in (each[1], each[3])]
    values = [value for _, each in series for value in each if value is not None]
    scale = scale_of(
        values + [value for each in path for value in (each[2], each[4])],
        falling=falling,
        from_nought=from_nought and not falling,
    )
    across = _across(times)
    drawn = [_line(name, columns, row, scale, across) for name, row in series]
    return Lines(
        scale,
        tuple((across(time), words) for time, words in _with_room(columns, across)),
        tuple(_apart(drawn)),
        tuple(_way(each, columns, scale, across) for each in path),
        tuple(_before(time, columns, across) for time in breaks),
        all(len(name) <= SHORT for name, _ in series),
    )


def scale_of(values: Iterable[float], *, falling: bool = False, from_nought: bool = True) -> Scale:
    """Return about four even marks that hold every value. A rank has no nought, so its first mark is one."""
    known = list(values) or [0.0, 1.0]
    low, high = (min(0.0, *known) if from_nought else min(known)), max(known)
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / LINES))
    step = next(each * power for each in STEPS if each * power >= span / LINES * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = [round(step * place, 10) for place in range(first, max(last, first + 1) + 1)]
    if falling and marks[0] == 0 and marks[1] > 1:
        marks[0] = 1.0
    places = next((count for count in range(7) if round(step, count) == round(step, 10)), 7)
    return Scale(tuple(marks), places, falling)


def waterfall(
    rows: Sequence[tuple[str, str, float]],
) -> list[tuple[str, str, float, float, float]]:
    """Return kind, name, value, begin and width of each bar: a change begins where the one before ended.

    `rows` are `("total" | "change", name, value)`; begin and width are percent of the greatest total.
    """
    level, spans = 0.0, []
    for kind, _name, value in rows:
        begin = 0.0 if kind == "total" else level
        level = value if kind == "total" else level + value
        spans.append((min(begin, level), max(begin, level)))
    top = max((high for _, high in spans), default=1.0) or 1.0
    return [
        (kind, name, value, round(100 * low / top, 2), round(100 * (high - low) / top, 2))
        for (kind, name, value), (low, high) in zip(rows, spans, strict=True)
    ]


def stacks(values: Sequence[float], *, high: float = 1.0, bins: int = 40) -> list[tuple[float, int]]:
    """Return where each stack of dots stands, in percent, and how many dots it has; none is left out."""
    counts: dict[int, int] = {}
    for value in values:
        place = min(bins - 1, max(0, int(value / high * bins)))
        counts[place] = counts.get(place, 0) + 1
    return [(_inside((place + 0.5) / bins), count) for place, count in sorted(counts.items())]


def along(value: float, *, high: float = 1.0) -> float:
    """Return where a value stands on a strip of dots, in percent from its start."""
    return _inside(value / high)


def slope(rows: Sequence[tuple[str, float, float]], *, falling: bool = False) -> list[tuple[str, Mark, Mark]]:
    """Return name, left and right mark of each row, on one scale."""
    scale = scale_of(
        [value for _, before, after in rows for value in (before, after)], falling=falling, from_nought=False
    )
    lefts, rights = (
        _spread([Mark(0, y, y, value) for value in side for y in [scale.height_of(value)]], gap=LABEL // 2)
        for side in ([row[1] for row in rows], [row[2] for row in rows])
    )
    return [(row[0], left, right) for row, left, right in zip(rows, lefts, rights, strict=True)]


def _inside(part: float) -> float:
    # Room for half a dot at both ends.
    return round(2 + 96 * min(1.0, max(0.0, part)), 2)


class _Across:
    def __init__(self, first: int, last: int) -> None:
        self.first, self.span = first, (last - first) or 1

    def __call__(self, time: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (time - self.first) / self.span, 2)


def _across(times: Sequence[int]) -> _Across:
    return _Across(min(times, default=0), max(times, default=1))


def _line(
    name: str, columns: Sequence[Column], row: Sequence[float | None], scale: Scale, across: _Across
) -> Line:
    runs: list[list[Mark]] = [[]]
    for (time, _), value in zip(columns, row, strict=True):
        if value is None:
            runs.append([])
            continue
        y = scale.height_of(value)
        runs[-1].append(Mark(across(time), y, y, value))
    return Line(
        name,
        tuple(" ".join(f"{mark.x},{mark.y}" for mark in run) for run in runs if len(run) > 1),
        tuple(mark for run in runs for mark in run),
    )


def _way(path: Path, columns: Sequence[Column], scale: Scale, across: _Across) -> Way:
    name, begin, low, end, high = path
    shares = (min(1.0, max(0.0, (time - begin) / (end - begin))) for time, _ in columns)
    y = scale.height_of(high)
    return Way(
        name,
        f"{across(begin)},{scale.height_of(low)} {across(end)},{y}",
        Mark(across(end), y, y, high),
        tuple(low + (high - low) * share for share in shares),
    )


def _apart(drawn: Sequence[Line]) -> list[Line]:
    """Move the words at the ends of lines so far apart that each can be read."""
    ends = iter(_spread([line.last for line in drawn if line.last], gap=LABEL))
    return [
        Line(line.name, line.runs, (*line.marks[:-1], next(ends))) if line.last else line for line in drawn
    ]


def _spread(marks: Sequence[Mark], *, gap: int) -> list[Mark]:
    order = sorted(range(len(marks)), key=lambda place: (marks[place].y, place))
    heights = {place: marks[place].y for place in order}
    for before, after in pairwise(order):
        heights[after] = max(heights[after], heights[before] + gap)
    limit = float(TOP + HEIGHT)
    for place in reversed(order):
        heights[place] = min(heights[place], limit)
        limit = heights[place] - gap
    return [Mark(mark.x, mark.y, round(heights[place], 1), mark.value) for place, mark in enumerate(marks)]


def _with_room(columns: Sequence[Column], across: _Across) -> list[Column]:
    """Return the columns whose words fit, the latest first: between two there is room for a year."""
    kept: list[Column] = []
    for column in sorted(columns, reverse=True):
        if not kept or across(kept[-1][0]) - across(column[0]) >= BETWEEN_COLUMNS:
            kept.append(column)
    return kept


def _before(time: int, columns: Sequence[Column], across: _Across) -> float:
    earlier = [each for each, _ in columns if each < time]
    return across((max(earlier, default=time) + time) / 2)
