"""The years of the solar calendar, held against ICU and against the sky.

The act on the official calendar (11 Farvardin 1304) begins the year with spring; by custom with the day
on whose noon in Tehran the sun has passed the equinox.
"""

import datetime as dt
import itertools
import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel import jalali

NOWRUZ = Path(__file__).resolve().parents[1] / "vectors/nowruz.json"
FIRST_DAYS = {
    year: dt.date.fromisoformat(day) for year, day in json.loads(NOWRUZ.read_text("utf-8"))["first_days"]
}
YEARS = range(1200, 1501)
DAYS = st.dates(min_value=dt.date(1821, 3, 21), max_value=dt.date(2122, 3, 20))

# J. Meeus, Astronomical Algorithms, 2nd edition, chapter 27, table 27.C: amplitude, phase, speed.
TERMS = (
    (485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112),
    (156, 73.14, 45036.886), (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906),
    (70, 243.58, 9037.513), (58, 119.81, 33718.147), (52, 297.17, 150.678), (50, 21.02, 2281.226),
    (45, 247.54, 29929.562), (44, 325.15, 31555.956), (29, 60.93, 4443.417), (18, 155.12, 67555.328),
    (17, 288.79, 4562.452), (16, 198.04, 62894.029), (14, 199.76, 31436.921), (12, 95.39, 14577.848),
    (12, 287.11, 31931.756), (12, 320.81, 34777.259), (9, 227.73, 1222.114), (8, 15.45, 16859.074),
)  # fmt: skip
TEHRAN_DAYS = 3.5 / 24
EARTH_BEHIND_DAYS = 30 / 86400  # between 0 and 2 minutes in these centuries: the mean is near enough
JULIAN_DAY_OF_ORDINAL_ZERO = 1721425


def first_noon_after_the_equinox(gregorian_year):
    """Return the day on whose noon in Tehran spring has begun."""
    y = (gregorian_year - 2000) / 1000
    mean = 2451623.80984 + 365242.37404 * y + 0.05169 * y**2 - 0.00411 * y**3 - 0.00057 * y**4
    t = (mean - 2451545) / 36525
    w = math.radians(35999.373 * t - 2.47)
    longitude = 1 + 0.0334 * math.cos(w) + 0.0007 * math.cos(2 * w)
    sway = sum(size * math.cos(math.radians(phase + speed * t)) for size, phase, speed in TERMS)
    equinox = mean + 0.00001 * sway / longitude - EARTH_BEHIND_DAYS + TEHRAN_DAYS
    return dt.date.fromordinal(math.ceil(equinox) - JULIAN_DAY_OF_ORDINAL_ZERO)


def test_every_year_begins_where_icu_says():
    assert {year: jalali.from_jalali(year, 1, 1) for year in FIRST_DAYS} == FIRST_DAYS
    assert set(YEARS) < set(FIRST_DAYS)


def test_every_year_begins_with_the_spring_of_the_sky():
    # 1309: the equinox falls within a minute of noon, closer than this computation can tell.
    wrong = [
        year
        for year in YEARS
        if year != 1309 and first_noon_after_the_equinox(year + 621) != jalali.from_jalali(year, 1, 1)
    ]
    assert wrong == []


def test_leap_years_are_those_with_one_day_more():
    lengths = {
        year: (after - first).days
        for (year, first), after in zip(
            itertools.islice(FIRST_DAYS.items(), len(YEARS)),
            itertools.islice(FIRST_DAYS.values(), 1, None),
            strict=False,
        )
    }

    assert {year: 366 if jalali.is_leap_year(year) else 365 for year in YEARS} == lengths


@pytest.mark.slow
@given(DAYS)
def test_every_day_is_counted_from_the_first_of_its_year(day):
    year, month, date = jalali.to_jalali(day)

    before = sum(jalali.days_in_month(year, past) for past in range(1, month))
    assert FIRST_DAYS[year] + dt.timedelta(days=before + date - 1) == day
    assert 1 <= date <= jalali.days_in_month(year, month)


@pytest.mark.slow
@given(DAYS, st.integers(-1200, 1200))
def test_months_are_added_as_a_count_of_months(day, months):
    before, after = jalali.to_jalali(day), jalali.to_jalali(jalali.add_months(day, months))

    assert (after.year * 12 + after.month) - (before.year * 12 + before.month) == months
    assert after.day == min(before.day, jalali.days_in_month(after.year, after.month))


def test_the_last_of_esfand_stays_the_last_when_the_next_year_is_shorter():
    assert jalali.add_months(jalali.from_jalali(1399, 12, 30), 12) == jalali.from_jalali(1400, 12, 29)


@pytest.mark.parametrize("month", [0, 13])
def test_a_year_has_twelve_months(month):
    with pytest.raises(ValueError, match="twelve"):
        jalali.days_in_month(1404, month)
