"""What a reader sees of codes inside Persian, shown by an implementation of UAX #9 that is not ours."""

import re

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel import bidi
from panjereh_kernel.bidi import Isolate

MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CODES = st.from_regex(r"[A-Z0-9][A-Z0-9\-/:.+]{0,10}[A-Z0-9]", fullmatch=True)
PERSIAN = st.text(alphabet="ابپتسکگ ، «»()", max_size=12)
ANY_TEXT = st.text(alphabet=st.sampled_from("ابab1-( \n" + CONTROLS))


def seen(text):
    """Return what stands on the screen from left to right, in a line that runs from right to left."""
    return MARKS.sub("", get_display(text, base_dir="R"))


@pytest.mark.slow
@given(PERSIAN, CODES, PERSIAN)
def test_a_code_in_persian_is_seen_as_it_is_read(before, code, after):
    line = bidi.fill("%(before)s%(code)s%(after)s", {"before": "", "code": "", "after": ""})
    line += before + bidi.isolate(code, as_=Isolate.LEFT_TO_RIGHT) + after

    assert code in seen(line)


def test_without_an_isolate_the_same_code_is_turned_round():
    assert "12-AB" not in seen("کد 12-AB را بیاورید")
    assert "12-AB" in seen(f"کد {bidi.isolate('12-AB', as_=Isolate.LEFT_TO_RIGHT)} را بیاورید")


@pytest.mark.slow
@given(PERSIAN, PERSIAN, ANY_TEXT, ANY_TEXT)
def test_what_is_in_an_isolate_does_not_move_what_stands_around_it(before, after, one, other):
    def around(part):
        shown = get_display(f"{before}{bidi.isolate('x' + part)}{after}", base_dir="R")
        return (shown[: shown.index("\u2069")], shown[shown.rindex("\u2068") + 1 :])

    assert around(one) == around(other)


@pytest.mark.slow
@given(ANY_TEXT)
def test_an_isolate_holds_whatever_is_put_into_it(text):
    part = bidi.isolate(text)

    assert bidi.legal(part) == part
    assert "\n" not in part
    assert part == "" or (part[0], part[-1]) == ("\u2068", "\u2069")
    assert bidi.without_marks(part) == bidi.without_marks(text).replace("\n", " ")


@pytest.mark.slow
@given(ANY_TEXT)
def test_legal_text_has_closed_isolates_in_every_line_and_nothing_that_leaks(text):
    made = bidi.legal(text)

    assert bidi.legal(made) == made
    assert not set(made) & set("\u202a\u202b\u202c\u202d\u202e")
    for line in made.split("\n"):
        assert sum(line.count(mark) for mark in Isolate) == line.count("\u2069")


def test_marks_that_keep_their_place_are_kept():
    assert bidi.legal("\u200e+98") == "\u200e+98"


def test_places_of_a_text_are_filled_with_isolates():
    line = bidi.fill("کد رهگیری %(code)s برای %(name)s", {"code": "AB-1", "name": "سارا"})

    assert line == "کد رهگیری \u2068AB-1\u2069 برای \u2068سارا\u2069"


def test_a_place_without_a_part_is_an_error():
    with pytest.raises(KeyError):
        bidi.fill("%(code)s", {})


def test_nothing_makes_no_isolate():
    assert bidi.isolate("") == bidi.isolate("\u202e\u2069") == ""


@pytest.mark.parametrize(
    ("text", "led"),
    [
        ("سلام Ali", "سلام Ali"),
        ("Ali سلام", "\u200fAli سلام"),
        ("123", "\u200f123"),
        ("", ""),
        ("\u2068AB\u2069 سلام", "\u2068AB\u2069 سلام"),
        ("\u2068سلام\u2069 AB", "\u200f\u2068سلام\u2069 AB"),
        ("A\n\nب\nB", "\u200fA\n\nب\n\u200fB"),
    ],
)
def test_every_line_of_a_plain_text_runs_from_right_to_left(text, led):
    assert bidi.paragraph(text) == led


@pytest.mark.slow
@given(ANY_TEXT)
def test_a_led_line_is_laid_out_from_right_to_left_by_first_letter(text):
    for line in bidi.paragraph(text).split("\n"):
        if line.strip():
            assert get_display(line) == get_display(line, base_dir="R")
    assert bidi.paragraph(bidi.paragraph(text)) == bidi.paragraph(text)
