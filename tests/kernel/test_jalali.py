import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel import jalali
from panjereh_kernel.jalali import Digits, InvalidDate, JalaliDate, Language

DAYS = st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2600, 1, 1))


def independent_ordinal(year: int, month: int, day: int) -> int:
    """Days since 1300-01-01 by month lengths and the known leap years of one era alone."""
    leap = {
        1300,
        1304,
        1309,
        1313,
        1317,
        1321,
        1325,
        1329,
        1333,
        1337,
        1342,
        1346,
        1350,
        1354,
        1358,
        1362,
        1366,
        1370,
    }
    leap |= {1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412}
    days = sum(366 if past in leap else 365 for past in range(1300, year))
    return days + sum(31 if past <= 6 else 30 for past in range(1, month)) + day - 1


@pytest.mark.slow
@given(DAYS)
def test_a_day_goes_to_the_solar_calendar_and_back(day):
    assert jalali.from_jalali(*jalali.to_jalali(day)) == day


@pytest.mark.slow
@given(DAYS)
def test_the_next_day_is_the_next_solar_day(day):
    here, there = jalali.to_jalali(day), jalali.to_jalali(day + dt.timedelta(days=1))

    assert there > here
    assert there.day == here.day + 1 or there.day == 1


@pytest.mark.slow
@given(st.integers(1300, 1411), st.integers(1, 12), st.integers(1, 29))
def test_dates_agree_with_an_independent_count_of_days(year, month, day):
    start = dt.date(1921, 3, 21)

    assert (jalali.from_jalali(year, month, day) - start).days == independent_ordinal(year, month, day)


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [
        ((1399, 12, 30), dt.date(2021, 3, 20)),
        ((1400, 1, 1), dt.date(2021, 3, 21)),
        ((1403, 12, 30), dt.date(2025, 3, 20)),
        ((1404, 1, 1), dt.date(2025, 3, 21)),
        ((1357, 11, 22), dt.date(1979, 2, 11)),
    ],
)
def test_the_turn_of_the_century_and_leap_years_are_right(solar, gregorian):
    assert jalali.from_jalali(*solar) == gregorian
    assert jalali.to_jalali(gregorian) == JalaliDate(*solar)


@pytest.mark.parametrize("fields", [("1404", "10", "1"), ("۱۴۰۴", "۱۰", "۰۱"), ("١٤٠٤", " 10 ", "01")])
def test_three_fields_are_read_in_any_digits(fields):
    assert jalali.parse_fields(*fields) == dt.date(2025, 12, 22)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (("04", "10", "1"), "year"),
        (("0404", "10", "1"), "year"),
        (("14040", "10", "1"), "year"),
        (("", "", ""), "year"),
        (("1404", "13", "1"), "month"),
        (("1404", "0", "1"), "month"),
        (("1404", "مهر", "1"), "month"),
        (("1404", "12", "30"), "day"),
        (("1404", "1", "32"), "day"),
        (("1404", "1", "-1"), "day"),
        (("9999", "1", "1"), "day"),
    ],
)
def test_fields_that_are_no_day_are_refused_naming_the_field(fields, field):
    with pytest.raises(InvalidDate) as refused:
        jalali.parse_fields(*fields)

    assert refused.value.field == field
    assert refused.value.code == "date-not-valid"


def test_a_date_is_shown_for_tables_in_either_digits():
    day = dt.date(2026, 1, 6)

    assert jalali.format_date(day) == "۱۴۰۴/۱۰/۱۶"
    assert jalali.format_date(day, digits=Digits.ASCII) == "1404/10/16"


def test_a_date_is_shown_in_words_in_both_languages():
    day = dt.date(2026, 1, 6)

    assert jalali.format_long(day) == "سه‌شنبه ۱۶\u00a0دی\u00a0۱۴۰۴"
    assert jalali.format_long(day, weekday=False) == "۱۶\u00a0دی\u00a0۱۴۰۴"
    assert jalali.format_long(day, language=Language.EN) == "Tuesday 16\u00a0Dey\u00a01404"


def test_the_day_in_tehran_begins_three_and_a_half_hours_early():
    evening = dt.datetime(2026, 1, 6, 20, 29, tzinfo=dt.UTC)

    assert jalali.tehran_date(evening) == dt.date(2026, 1, 6)
    assert jalali.tehran_date(evening + dt.timedelta(minutes=1)) == dt.date(2026, 1, 7)


def test_a_naive_instant_has_no_day():
    with pytest.raises(ValueError, match="aware"):
        jalali.tehran_date(dt.datetime(2026, 1, 6))  # noqa: DTZ001 -- the fault under test
