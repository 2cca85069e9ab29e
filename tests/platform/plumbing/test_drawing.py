"""Charts: what is drawn stands inside, holds every value, and no two names cover each other."""

import re
from itertools import pairwise

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from panjereh.plumbing.kit import drawing
from panjereh.plumbing.pages import show_number

VALUES = st.floats(0, 1000, allow_nan=False).map(lambda value: round(value, 4))
BOTTOM = drawing.TOP + drawing.HEIGHT
YEARS = (2016, 2018, 2020, 2022, 2024)
COLUMNS = [(year, str(year)) for year in YEARS]


@given(st.lists(VALUES, min_size=1), st.booleans(), st.booleans())
def test_a_scale_holds_every_value_between_even_marks(values, falling, from_nought):
    scale = drawing.scale_of(values, falling=falling, from_nought=from_nought)

    assert len(scale.marks) <= drawing.LINES + 2
    inside = [value for value in values if value >= scale.marks[0]]
    assert all(drawing.TOP <= scale.height_of(value) <= BOTTOM for value in inside)
    # A rank below one there is not; every other value stands inside.
    assert falling or inside == values


@given(st.lists(st.lists(st.none() | VALUES, min_size=5, max_size=5), min_size=1, max_size=6))
def test_the_names_at_the_ends_of_lines_stand_apart_and_inside(rows):
    drawn = drawing.lines(COLUMNS, [(f"line {place}", row) for place, row in enumerate(rows)])

    ends = sorted(line.last.words_y for line in drawn.series if line.last)
    assert all(round(after - before, 1) >= drawing.LABEL for before, after in pairwise(ends))
    assert all(0 <= end <= BOTTOM for end in ends)


def test_a_line_is_broken_where_a_value_is_missing():
    drawn = drawing.lines(COLUMNS, [("rank", [86, 89, None, 91, 101])], falling=True)

    (line,) = drawn.series
    assert [len(run.split()) for run in line.runs] == [2, 2]
    assert [mark.value for mark in line.marks] == [86, 89, 91, 101]
    assert line.marks[0].y < line.marks[-1].y  # a small rank stands above


def test_the_way_to_a_target_widens_both_axes_and_a_break_stands_between_two_columns():
    drawn = drawing.lines(
        COLUMNS,
        [("rank", [86, 89, 91, 101, 101])],
        falling=True,
        breaks=[2022],
        path=[("way", 2020, 89, 2028, 59)],
    )

    across = {words: x for x, words in drawn.columns}
    assert drawn.scale.marks[0] <= 59
    assert across["2024"] < drawing.RIGHT
    way = drawn.paths[0]
    assert way.points.split()[1].startswith(f"{drawing.RIGHT},")
    assert (way.end.x, way.end.value, way.values[0]) == (drawing.RIGHT, 59, 89)
    assert drawn.series[0].marks[2].x < drawn.breaks[0] < drawn.series[0].marks[3].x


@given(st.lists(VALUES, min_size=1, max_size=300))
def test_every_value_has_a_dot(values):
    stacked = drawing.stacks(values, high=1000)

    assert sum(count for _, count in stacked) == len(values)
    assert all(0 < place < 100 for place, _ in stacked)


@given(st.lists(st.floats(-0.2, 0.2), max_size=8))
def test_each_change_begins_where_the_one_before_ended(changes):
    end = 2 + sum(changes)
    rows = [
        ("total", "before", 2.0),
        *(("change", "part", each) for each in changes),
        ("total", "after", end),
    ]

    drawn = drawing.waterfall(rows)

    level = 2.0
    top = max(begin + width for _, _, _, begin, width in drawn)
    assert top == pytest.approx(100, abs=0.02)
    unit = drawn[0][4] / 2.0
    for _, _, value, begin, width in drawn[1:-1]:
        assert min(level, level + value) * unit == pytest.approx(begin, abs=0.05)
        assert abs(value) * unit == pytest.approx(width, abs=0.05)
        level += value


def test_bars_begin_at_the_side_where_reading_begins():
    call = "{% import 'kit.html' as kit %}{{ kit.bar_chart('x', ['a', 'b'], [('one', 25)], top=100) }}"
    begins = {}
    for language in ("fa", "en"):
        with translation.override(language):
            begins[language] = re.findall(r'<rect x="(\S+)%"', engines["jinja2"].from_string(call).render({}))

    assert begins == {"fa": ["75.0"], "en": ["0"]}


@pytest.mark.parametrize(
    ("language", "value", "places", "text"),
    [
        ("fa", 1200.5, 2, "۱٬۲۰۰٫۵۰"),
        ("en", 1200.5, 2, "1,200.50"),
        ("en", -0.0703, 4, "\N{MINUS SIGN}0.0703"),
        ("en", -0.00001, 4, "0.0000"),
        ("fa", 101, 0, "۱۰۱"),
    ],
)
def test_a_number_is_written_as_its_language_does(language, value, places, text):
    with translation.override(language):
        assert show_number(value, places) == text
