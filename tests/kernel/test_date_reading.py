import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel import jalali
from panjereh_kernel.date_reading import read_date
from panjereh_kernel.jalali import Digits, InvalidDate, Language

DAY = dt.date(2026, 1, 6)
DAYS = st.dates(min_value=dt.date(1821, 3, 21), max_value=dt.date(2122, 3, 20))


@pytest.mark.slow
@given(DAYS)
def test_a_date_is_read_back_from_every_way_it_is_shown(day):
    solar = jalali.to_jalali(day)

    shown = [jalali.format_date(day, digits=digits) for digits in Digits]
    shown += [
        jalali.format_long(day, language=language, weekday=weekday)
        for language in Language
        for weekday in (True, False)
    ]
    shown += [f"{solar.day:02}-{solar.month:02}-{solar.year}", f"{solar.year}.{solar.month}.{solar.day}"]
    assert {read_date(text) for text in shown} == {day}


@pytest.mark.parametrize(
    "text",
    [
        "۱۶ دی‌ماه ۱۴۰۴",
        "۱۶ دی ماه ۱۴۰۴",
        "سه شنبه، ۱۶ دی ۱۴۰۴",
        "سه‌شنبه ۱۶ دي ۱۴۰۴",
        "١٦/١٠/١٤٠٤",
        "1404 / 10 / 16",
        "Tuesday, 16 Dey 1404",
        "16 DEY 1404",
        "1404–10–16",
    ],
)
def test_a_date_is_read_as_people_write_it(text):
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("04/10/16", "year"),
        ("1404/10", "date"),
        ("16 دی", "year"),
        ("16 دی 04", "year"),
        ("2026/01/06", "year"),
        ("1404/13/1", "month"),
        ("16 ژانویه 1404", "month"),
        ("1404/12/30", "day"),
        ("1404/01/32", "day"),
        ("دوشنبه ۱۶ دی ۱۴۰۴", "weekday"),
        ("فردا ۱۶ دی ۱۴۰۴", "weekday"),
        ("1404/10-16", "date"),
        ("", "date"),
        ("فردا", "date"),
    ],
)
def test_what_could_be_another_day_is_refused_naming_what_to_correct(text, field):
    with pytest.raises(InvalidDate) as refused:
        read_date(text)

    assert refused.value.field == field


@pytest.mark.slow
@given(st.text() | st.text(alphabet="0123456789۰۱۲/- دیماه"))
def test_any_text_is_a_date_or_refused(text):
    try:
        day = read_date(text)
    except InvalidDate:
        return
    assert 1200 <= jalali.to_jalali(day).year < 1600


def test_a_list_within_the_year_leaves_the_year_out():
    assert jalali.format_day(DAY) == "۱۶\u00a0دی"
    assert jalali.format_day(DAY, language=Language.EN) == "16\u00a0Dey"


def test_times_are_those_of_tehran_without_seconds_but_for_proofs():
    instant = dt.datetime(2026, 1, 6, 5, 42, 5, tzinfo=dt.UTC)

    assert jalali.format_time(instant) == "۹:۱۲"
    assert jalali.format_exact_time(instant, digits=Digits.ASCII) == "9:12:05"
