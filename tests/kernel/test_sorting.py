"""The order of Persian lists, held against the one ICU makes of the locale fa_IR."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel.persian import normalise
from panjereh_kernel.sorting import sort_key, sort_tables

ORDER = Path(__file__).resolve().parents[1] / "vectors/persian-order.txt"
ROWS = [line for line in ORDER.read_text("utf-8").split("\n") if line and not line.startswith("#")]
WORDS = [row[1:] for row in ROWS]
TEXTS = st.text(alphabet="آابپتیيکك ۀه\u200c\u064e12aAbé-", max_size=8)


@pytest.mark.slow
def test_every_word_stands_where_icu_puts_it():
    keys = [sort_key(word) for word in WORDS]

    wrong = [
        (one[1:], other[1:])
        for (one, other), (before, after) in zip(
            itertools.pairwise(ROWS), itertools.pairwise(keys), strict=True
        )
        if not (before == after if other.startswith("=") else before < after)
    ]
    assert wrong == []
    assert len(WORDS) > 10_000


@pytest.mark.slow
def test_a_shuffled_list_comes_back_in_the_published_order():
    by_code_point = sorted(WORDS)

    assert [sort_key(word) for word in sorted(by_code_point, key=sort_key)] == [
        sort_key(word) for word in WORDS
    ]


def test_the_alphabet_is_in_its_order():
    alphabet = list("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")

    assert sorted(sorted(alphabet), key=sort_key) == alphabet


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("وام", "هنر"),
        ("پست", "تهران"),
        ("کرج", "گرگان"),
        ("ژاله", "سارا"),
        ("۲ آبان", "۳ آبان"),
        ("یزد", "Yazd"),
    ],
)
def test_what_code_points_put_wrong_is_right(earlier, later):
    assert sort_key(earlier) < sort_key(later)


@pytest.mark.parametrize(("one", "other"), [("می‌خواهم", "میخواهم"), ("۱۲", "12"), ("کتـاب", "کتاب")])
def test_half_spaces_tatweel_and_the_script_of_digits_do_not_count(one, other):
    assert sort_key(one) == sort_key(other)


@pytest.mark.slow
@given(st.text())
def test_any_text_has_a_key(text):
    assert b"\x00" not in sort_key(text)


@given(st.text(alphabet=st.characters(categories=["Cs"]), min_size=1))
def test_broken_text_has_a_key_too(text):
    assert sort_key(text)


@pytest.mark.slow
@given(TEXTS, TEXTS)
def test_marks_and_forms_only_part_words_of_the_same_letters(one, other):
    letters = [text.translate(str.maketrans(dict.fromkeys("\u200c\u064e"))) for text in (one, other)]

    if sort_key(letters[0]) < sort_key(letters[1]):
        plain = str.maketrans({"ي": "ی", "ك": "ک", "ۀ": "ه", "A": "a", "é": "e"})
        bare = [text.translate(plain) for text in letters]
        assert bare[0] == bare[1] or sort_key(one) < sort_key(other)


@pytest.mark.slow
@given(TEXTS, TEXTS)
def test_a_word_comes_before_what_begins_with_it(text, more):
    assert sort_key(text) <= sort_key(text + more)


@given(TEXTS)
def test_the_key_of_a_stored_line_is_stable(text):
    assert sort_key(normalise(text)) == sort_key(normalise(normalise(text)))


def test_the_tables_are_pairs_that_sql_can_take():
    for characters, weights in sort_tables():
        assert len(set(characters)) == len(characters) > len(weights)
        assert not {"\x00"} & set(characters + weights)
