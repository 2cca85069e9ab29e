import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel.jalali import Language
from panjereh_kernel.money import format_rials, format_toman_hint, parse_amount, rials_in_words
from panjereh_kernel.number_words import LARGEST, in_words, ordinal_in_words, parse_words
from panjereh_kernel.numbers import InvalidNumber, NumberFault, format_number, parse_integer, parse_number
from panjereh_kernel.persian import to_arabic_digits, to_persian_digits

VECTORS = json.loads((Path(__file__).resolve().parents[1] / "vectors/number-words.json").read_text("utf-8"))
WHOLE = st.integers(-LARGEST, LARGEST) | st.integers(-2000, 2000)
DECIMALS = st.decimals(-(10**12), 10**12, places=6, allow_nan=False, allow_infinity=False)
AMOUNTS = st.integers(0, 10**16)


@pytest.mark.slow
@given(WHOLE | DECIMALS)
def test_a_number_in_words_is_read_back(number):
    assert parse_words(in_words(number)) == number


@pytest.mark.slow
@given(WHOLE | DECIMALS, st.sampled_from(Language))
def test_a_number_in_figures_is_read_back(number, language):
    assert parse_number(format_number(number, language=language)) == number


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, len(VECTORS["words"]), 50))
def test_words_of_another_implementation_are_read_as_the_same_number(start):
    for number, words in VECTORS["words"][start : start + 50]:
        assert parse_words(words) == number, words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "صفر"),
        (17, "هفده"),
        (21, "بیست و یک"),
        (105, "صد و پنج"),
        (1000, "هزار"),
        (1101, "هزار و صد و یک"),
        (1_200_000, "یک میلیون و دویست هزار"),
        (10**12, "هزار میلیارد"),
        (10**15 + 1, "یک میلیون میلیارد و یک"),
        (-3, "منفی سه"),
        (Decimal("3.5"), "سه ممیز پنج دهم"),
        (Decimal("-0.050"), "منفی صفر ممیز پنج صدم"),
        (Decimal("2.000001"), "دو ممیز یک میلیونم"),
    ],
)
def test_numbers_are_written_in_words(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize("text", ["یک هزار", "یکهزار", "هزار"])
def test_people_write_a_thousand_in_several_ways(text):
    assert parse_words(text) == 1000


def test_words_without_and_are_read():
    assert parse_words("دويست  و بيست‌وهفت".replace("‌و", " و ")) == parse_words("دویست بیست هفت") == 227


@pytest.mark.parametrize(
    "text",
    [
        "",
        "و",
        "صد دویست",
        "یک یک",
        "سه بیست",
        "هزار میلیون",
        "سه ممیز",
        "ممیز",
        "سه ممیز پانزده دهم",
        "منفی",
        "منفی منفی سه",
        "منفی " * 3000,
        "abc",
        "سه صدم",
    ],
)
def test_words_that_are_no_number_are_refused(text):
    with pytest.raises(InvalidNumber) as refused:
        parse_words(text)

    assert refused.value.fault is NumberFault.FORM


@pytest.mark.parametrize(
    "number", [LARGEST + 1, -LARGEST - 1, Decimal("0.0000001"), Decimal("NaN"), Decimal("1e40")]
)
def test_numbers_nobody_would_read_aloud_have_no_words(number):
    with pytest.raises(ValueError, match=r"words"):
        in_words(number)


@pytest.mark.parametrize(
    ("place", "words"),
    [(1, "یکم"), (2, "دوم"), (3, "سوم"), (23, "بیست و سوم"), (30, "سی‌ام"), (100, "صدم"), (1000, "هزارم")],
)
def test_places_in_a_row_have_words(place, words):
    assert ordinal_in_words(place) == words


def test_a_row_begins_with_one():
    with pytest.raises(ValueError, match="place"):
        ordinal_in_words(0)


@pytest.mark.parametrize(
    ("number", "persian", "english"),
    [
        (1_200_000, "۱٬۲۰۰٬۰۰۰", "1,200,000"),
        (999, "۹۹۹", "999"),
        (Decimal("1234.50"), "۱٬۲۳۴٫۵۰", "1,234.50"),
        (-5, "\u200e\u2212۵", "-5"),
    ],
)
def test_figures_have_the_separators_of_the_language(number, persian, english):
    assert format_number(number) == persian
    assert format_number(number, language=Language.EN) == english


def test_what_is_not_finite_has_no_figures():
    with pytest.raises(ValueError, match="finite"):
        format_number(Decimal("Infinity"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200", 1200),
        ("۱٬۲۰۰", 1200),
        ("1,200,000", 1_200_000),
        ("۱،۲۰۰،۰۰۰", 1_200_000),
        ("1 200", 1200),
        (to_arabic_digits("12") + "٫" + to_persian_digits("5"), Decimal("12.5")),
        ("+7", 7),
        ("\u22127", -7),
        (" -0.5 ", Decimal("-0.5")),
    ],
)
def test_figures_are_read_as_people_write_them(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", NumberFault.FORM),
        ("1,5", NumberFault.FORM),
        ("1,200٬000", NumberFault.FORM),
        ("3/5", NumberFault.FORM),
        ("1.", NumberFault.FORM),
        (".5", NumberFault.FORM),
        ("--1", NumberFault.FORM),
        ("دو", NumberFault.FORM),
        ("9" * 25, NumberFault.SIZE),
    ],
)
def test_figures_that_could_be_two_numbers_are_refused(text, fault):
    with pytest.raises(InvalidNumber) as refused:
        parse_number(text)

    assert refused.value.fault is fault
    assert refused.value.facts() == {"fault": str(fault)}
    assert refused.value.code == "number-not-valid"


def test_a_whole_number_has_no_fraction():
    assert parse_integer("۱٬۲۰۰٫۰") == 1200
    with pytest.raises(InvalidNumber) as refused:
        parse_integer("1.5")
    assert refused.value.fault is NumberFault.FRACTION


@pytest.mark.slow
@given(AMOUNTS)
def test_an_amount_is_read_back_from_each_way_it_is_shown(rials):
    assert parse_amount(rials_in_words(rials)) == rials
    if rials:
        assert parse_amount(format_rials(rials)) == rials
    if hint := format_toman_hint(rials):
        assert parse_amount(hint.removeprefix("برابر ")) == rials


@pytest.mark.parametrize(
    ("rials", "shown", "hint", "english", "english_hint"),
    [
        (
            1_200_000,
            "۱٬۲۰۰٬۰۰۰\u00a0ریال",
            "برابر ۱۲۰ هزار تومان",
            "1,200,000\u00a0rials",
            "equal to 120 thousand tomans",
        ),
        (0, "رایگان", "", "free", ""),
        (1, "۱\u00a0ریال", "", "1\u00a0rial", ""),
        (12, "۱۲\u00a0ریال", "برابر ۱ تومان و ۲ ریال", "12\u00a0rials", "equal to 1 toman and 2 rials"),
    ],
)
def test_an_amount_is_shown_in_rials_with_tomans_as_a_hint(rials, shown, hint, english, english_hint):
    assert (format_rials(rials), format_toman_hint(rials)) == (shown, hint)
    assert format_rials(rials, language=Language.EN) == english
    assert format_toman_hint(rials, language=Language.EN) == english_hint


def test_there_is_no_hint_for_a_debt():
    with pytest.raises(ValueError, match="negative"):
        format_toman_hint(-10)


@pytest.mark.parametrize(
    ("text", "rials"),
    [
        ("۱۲۰ هزار تومان", 1_200_000),
        ("1.2 میلیون تومان", 12_000_000),
        ("۳ هزار میلیارد ریال", 3 * 10**12),
        ("۱ میلیون و ۲۵۰ هزار تومان", 12_500_000),
        ("صد و بیست هزار تومان", 1_200_000),
        ("۵۰۰ريال", 500),
    ],
)
def test_an_amount_is_read_with_its_unit(text, rials):
    assert parse_amount(text) == rials


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("50", NumberFault.UNIT),
        ("", NumberFault.UNIT),
        ("-5 ریال", NumberFault.SIGN),
        ("منفی پنج ریال", NumberFault.SIGN),
        ("1.5 ریال", NumberFault.FRACTION),
        ("5 کیلو ریال", NumberFault.FORM),
        ("5 هزار کیلو ریال", NumberFault.FORM),
        ("200 و 1 میلیون تومان", NumberFault.FORM),
        ("9" * 20 + " ریال", NumberFault.SIZE),
        ("تومان و " * 3000, NumberFault.SIZE),
    ],
)
def test_an_amount_that_would_be_a_guess_is_refused(text, fault):
    with pytest.raises(InvalidNumber) as refused:
        parse_amount(text)

    assert refused.value.fault is fault
