import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel import persian
from panjereh_kernel.persian_data import ENDINGS, SHORTEST_STEM, ZWNJ

PERSIAN_LINES = st.text(alphabet="ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيىكةۀئؤأإآء ۰٣7\u200c\u0640\u064e-abC")


@pytest.mark.slow
@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = persian.normalise(text)

    assert persian.normalise(once) == once


@pytest.mark.parametrize("run", [" ", "\u200c ", "\u0300\u0316", "ها"])
def test_a_long_run_of_one_thing_takes_no_longer_than_other_text(run):
    # Each took a minute or more, or broke: a single request could hold a worker with it.
    text = "a" + run * (200_000 // len(run)) + "a"
    began = time.process_time()

    words = persian.search_tokens(persian.normalise(text)[:19_999])

    assert len(words) in {1, 2, 3}
    assert time.process_time() - began < 20


def test_as_many_marks_stay_on_a_letter_as_any_language_writes():
    assert persian.normalise("\u0628" + "\u0650" * 2000) == "\u0628" + "\u0650" * 30
    assert persian.normalise("\u0628\u064e\u0651 " * 500).count("\u0651") == 500


@pytest.mark.slow
@given(st.text())
def test_a_normalised_line_holds_no_invisible_character_but_half_spaces_inside_words(text):
    line = persian.normalise(text)

    hidden = {character for character in line if unicodedata.category(character) in {"Cc", "Cf", "Cs"}}
    assert hidden <= {ZWNJ}
    assert not line.startswith((ZWNJ, " "))
    assert not line.endswith((ZWNJ, " "))
    assert all(pair not in line for pair in ("  ", ZWNJ + ZWNJ, ZWNJ + " ", " " + ZWNJ))


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("گواهي نشاني", "گواهی نشانی"),
        ("كد پستى", "کد پستی"),
        ("۰۹٣4", "0934"),
        ("نشانی\u200c\u200cها", "نشانی\u200cها"),
        ("می\u200c خواهم", "می خواهم"),
        ("\u202bسلام\u202c", "سلام"),
        ("ســـلام", "سلام"),
        ("  یک\n\tدو  ", "یک دو"),
        ("\ufee0\ufeec", "له"),
        ("\uff11\uff12", "12"),
        ("m²", "m²"),
        ("\ufeffنام\x00", "نام"),
        ("خانه\u06d5 \u06d2", "خانهه ی"),
        ("نامۀ", "نامه\u0654"),
        ("رئیس", "رئیس"),
        ("ري\u0654یس", "رئیس"),
        ("ری\u0654یس", "رئیس"),
        ("\u06c0\u0650", "ه\u0650\u0654"),
        ("مُهر", "مُهر"),
    ],
)
def test_one_spelling_is_stored(written, stored):
    assert persian.normalise(written) == stored


@pytest.mark.slow
@given(st.text(alphabet="0123456789"))
def test_digits_go_to_the_screen_and_back(digits):
    assert persian.to_ascii_digits(persian.to_persian_digits(digits)) == digits


def test_arabic_digits_are_read_too():
    assert persian.to_ascii_digits("٤٥٦") == "456"


def test_a_text_of_several_lines_keeps_its_lines():
    assert persian.normalise_lines("\n سلام  \r\n\n\n\nكد\t۱\u2028\n") == "سلام\n\nکد 1"


@pytest.mark.slow
@given(st.text(alphabet="ای ۱\n\r\u2029\u200c\x85\x1c"))
def test_lines_are_normalised_each_and_twice_changes_nothing(text):
    once = persian.normalise_lines(text)

    assert persian.normalise_lines(once) == once
    assert all(persian.normalise(line) == line for line in once.split("\n"))


@pytest.mark.parametrize(
    ("show", "digits"),
    [
        (persian.to_persian_digits, "۰۱۲۳۴۵۶۷۸۹"),
        (persian.to_arabic_digits, "٠١٢٣٤٥٦٧٨٩"),
        (persian.to_ascii_digits, "0123456789"),
    ],
)
def test_digits_have_three_forms(show, digits):
    assert show("0123456789") == digits
    assert persian.to_ascii_digits(digits) == "0123456789"


@pytest.mark.slow
@given(st.text())
def test_any_text_can_be_searched_for(text):
    assert all(persian.stem(token) == token for token in persian.search_tokens(text))
    assert len(persian.stem(text)) <= len(text)


@pytest.mark.slow
@given(PERSIAN_LINES)
def test_folding_twice_changes_nothing(text):
    once = persian.fold(text)

    assert persian.fold(once) == once


@pytest.mark.slow
@given(PERSIAN_LINES)
def test_tokens_of_a_line_are_distinct_and_searchable_as_they_stand(text):
    tokens = persian.search_tokens(text)

    assert len(set(tokens)) == len(tokens)
    assert all(token.isalnum() for token in tokens)


@pytest.mark.slow
@given(st.text(alphabet="ابتسهیترنا", min_size=1))
def test_a_stem_stays_a_stem_and_keeps_three_letters(word):
    stem = persian.stem(word)

    assert persian.stem(stem) == stem
    assert len(stem) >= min(len(word), SHORTEST_STEM)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("گواهي", "گواهی"),
        ("نشانی‌ها", "نشانی ها"),
        ("پایان‌کار", "پایان کار"),
        ("پایان‌کار", "پایانکار"),
        ("مسئول", "مسیول"),
        ("آدرس", "ادرس"),
        ("مُهر", "مهر"),
        ("گواهی", "گواهی‌های"),
        ("PDF", "pdf"),
    ],
)
def test_spellings_of_the_same_thing_share_a_token(one, other):
    assert set(persian.search_tokens(one)) & set(persian.search_tokens(other))


def test_an_ending_alone_is_no_token():
    assert not set(persian.search_tokens("نشانی ها")) & set(ENDINGS)
