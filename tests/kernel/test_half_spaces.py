import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel.half_spaces import with_half_spaces
from panjereh_kernel.persian import normalise
from panjereh_kernel.persian_data import ZWNJ

LINES = st.lists(
    st.sampled_from(
        ["می", "نمی", "ها", "های", "تر", "ترین", "خانه", "ام", "ای", "کتاب", "به", "و", "12", "شود", "a"]
    )
).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("می خواهم", "می‌خواهم"),
        ("نمی شود", "نمی‌شود"),
        ("درخواست ها و پروانه های کسب", "درخواست‌ها و پروانه‌های کسب"),
        ("آسان تر و آسان ترین", "آسان‌تر و آسان‌ترین"),
        ("رفته ام", "رفته‌ام"),
        ("خانه ای", "خانه‌ای"),
        ("كتاب هاي من", "کتاب‌های من"),
    ],
)
def test_prefixes_and_endings_are_tied_to_their_word(typed, spelled):
    assert with_half_spaces(typed) == spelled


@pytest.mark.parametrize(
    "text", ["به ام", "فرم 2 ها", "می", "ها و های", "بیشتر", "هاشم", "می و معشوق", "خشک و تر"]
)
def test_words_that_only_look_like_them_stay(text):
    assert with_half_spaces(text) == text


@pytest.mark.slow
@given(LINES | st.text())
def test_only_spaces_change_each_into_one_half_space(text):
    line, spelled = normalise(text), with_half_spaces(text)

    assert spelled.replace(ZWNJ, " ") == line.replace(ZWNJ, " ")


@pytest.mark.slow
@given(LINES | st.text())
def test_spelling_twice_changes_nothing_and_is_a_normalised_line(text):
    spelled = with_half_spaces(text)

    assert with_half_spaces(spelled) == spelled == normalise(spelled)
