"""Solar dates as people write them, read without guessing: four-digit years, no two orders for one text.

A year has four digits, everywhere: «۰۴/۱۰/۰۱» may be 1304 or 1404 and is refused.
"""

import datetime as dt
import re
from typing import Final

from panjereh_kernel import persian_data as data
from panjereh_kernel.jalali import InvalidDate, parse_fields
from panjereh_kernel.persian import fold
from panjereh_kernel.persian_data import ZWNJ

# Outside these a year is not one of a person's papers; 2025 in it is a Gregorian year put in the wrong place.
FIRST_YEAR: Final = 1200
LAST_YEAR: Final = 1599


def _key(word: str) -> str:
    return fold(word).replace(ZWNJ, "").replace(" ", "")


_MONTHS: Final = {
    _key(name): str(number)
    for names in (data.MONTHS_FA, data.MONTHS_EN)
    for number, name in enumerate(names, start=1)
} | {_key(name): number for name, number in data.OTHER_MONTH_NAMES.items()}
_WEEKDAYS: Final = {
    _key(name): number for names in (data.WEEKDAYS_FA, data.WEEKDAYS_EN) for number, name in enumerate(names)
}
_DIGITS: Final = re.compile(r"([0-9]+) ?([/\-–.]) ?([0-9]+) ?\2 ?([0-9]+)")
_WORDS: Final = re.compile(
    r"(?:(?P<weekday>[^0-9]+?),? )?(?P<day>[0-9]+) (?P<month>[^0-9]+?)(?: (?P<year>[0-9]+))?"
)
_YEAR_LENGTH: Final = 4


def read_date(text: str) -> dt.date:
    """Read `1404/10/1`, `1404-10-01`, `01/10/1404`, `۱ دی ۱۴۰۴`, `سه‌شنبه ۱۶ دی‌ماه ۱۴۰۴` or `16 Dey 1404`.

    Any digits, any usual separator, days before years where the year is last. A weekday that is written
    must be the right one. Raises `InvalidDate`, whose `field` says what to correct: year (missing, not
    four digits, not between 1200 and 1599), month, day, weekday, or date for a text of another form.
    """
    words = fold(text).replace(data.COMMA, "").replace(ZWNJ, " ")
    if numbers := _DIGITS.fullmatch(words):
        return _from_numbers(numbers[1], numbers[3], numbers[4])
    if named := _WORDS.fullmatch(words):
        return _from_words(named["weekday"] or "", named["day"], named["month"], named["year"] or "")
    raise InvalidDate("date")


def _from_numbers(first: str, month: str, last: str) -> dt.date:
    if len(first) == _YEAR_LENGTH:
        return _checked(first, month, last)
    return _checked(last, month, first)


def _from_words(weekday: str, day: str, month: str, year: str) -> dt.date:
    name = _key(month)
    number = _MONTHS.get(name) or _MONTHS.get(name.removesuffix(data.WORD_MONTH))
    if number is None:
        raise InvalidDate("month")
    date = _checked(year, number, day)
    if weekday and _WEEKDAYS.get(_key(weekday)) != date.weekday():
        raise InvalidDate("weekday")
    return date


def _checked(year: str, month: str, day: str) -> dt.date:
    if len(year) != _YEAR_LENGTH or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise InvalidDate("year")
    return parse_fields(year, month, day)
