"""Titles in Persian order."""

from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.catalogue import api as catalogue


def test_persian_letters_stand_where_the_alphabet_has_them():
    titles = ["یارانه", "گذرنامه", "پروانه", "ژرف", "آب", "کارت", "چک", "بیمه", "زمین"]

    assert sorted(titles, key=catalogue.sort_key) == [
        "آب", "بیمه", "پروانه", "چک", "زمین", "ژرف", "کارت", "گذرنامه", "یارانه",
    ]  # fmt: skip


@given(st.sampled_from(["گواهی نشانی", "پروانه‌ کسب", "كارت"]), st.text(max_size=5))
def test_spelling_does_not_move_a_title(title: str, rest: str):
    arabic = title.replace("ی", "ي").replace("ک", "ك")

    assert catalogue.sort_key(arabic + rest) == catalogue.sort_key(title + rest)


def test_a_title_stands_under_its_letter():
    assert [catalogue.initial(title) for title in ("آب", "گواهی", "address", "")] == ["ا", "گ", "A", ""]
