"""Solar (Jalali) dates for people; everything stored is a Gregorian `date` or an aware UTC instant."""

import datetime as dt
import re
from enum import StrEnum
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import jdatetime

from panjereh_kernel import persian_data as data
from panjereh_kernel.persian import normalise, to_persian_digits
from panjereh_kernel.refusal import Refusal

TEHRAN: Final = ZoneInfo("Asia/Tehran")
_LONG_MONTHS: Final = 6  # Farvardin to Shahrivar have 31 days
_YEAR: Final = re.compile(r"[1-9][0-9]{3}")
_MONTH_OR_DAY: Final = re.compile(r"0?[1-9]|[1-3][0-9]")


class JalaliDate(NamedTuple):
    """A day of the solar calendar: four-digit year, month 1–12, day 1–31."""

    year: int
    month: int
    day: int


class Digits(StrEnum):
    """The digits a text is shown with."""

    PERSIAN = "persian"
    ASCII = "ascii"


class Language(StrEnum):
    """The language of the names of months and days."""

    FA = "fa"
    EN = "en"


class InvalidDate(Refusal):
    """Three fields that are no day of the solar calendar; `field` is the first that cannot be right."""

    code = "date-not-valid"
    status = 422

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def from_jalali(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian day. Raises `ValueError` if the solar calendar has no such day."""
    return jdatetime.date(year, month, day).togregorian()  # type: ignore[no-any-return] # untyped library


def to_jalali(date: dt.date) -> JalaliDate:
    """Return the solar day of a Gregorian one (from the year 622 on)."""
    solar = jdatetime.date.fromgregorian(date=date)
    return JalaliDate(solar.year, solar.month, solar.day)


def is_leap_year(year: int) -> bool:
    """Return whether Esfand of that solar year has thirty days.

    The year begins with the day on whose noon in Tehran the sun has passed the vernal equinox
    (law: official-calendar-act-1304); `jdatetime` follows it by the cycle of 33 years. The tests hold the
    years 1200 to 1500 against the equinox itself and against ICU.
    """
    return jdatetime.date(year, 1, 1).isleap()  # type: ignore[no-any-return] # untyped library


def days_in_month(year: int, month: int) -> int:
    """Return 31, 30 or 29. Raises `ValueError` if there is no such month."""
    if not 1 <= month <= len(data.MONTHS_FA):
        raise ValueError("a year has twelve months")
    if month <= _LONG_MONTHS:
        return 31
    return 30 if month < len(data.MONTHS_FA) or is_leap_year(year) else 29


def add_months(date: dt.date, months: int) -> dt.date:
    """Return the same day of the solar month `months` later (negative: earlier), or that month's last day."""
    solar = to_jalali(date)
    years, place = divmod(solar.month - 1 + months, len(data.MONTHS_FA))
    year, month = solar.year + years, place + 1
    return from_jalali(year, month, min(solar.day, days_in_month(year, month)))


def parse_fields(year: str, month: str, day: str) -> dt.date:
    """Read a solar date from three form fields in any digits; years have four digits, always.

    Raises `InvalidDate` naming the field to correct.
    """
    fields = {"year": normalise(year), "month": normalise(month), "day": normalise(day)}
    patterns = {"year": _YEAR, "month": _MONTH_OR_DAY, "day": _MONTH_OR_DAY}
    for name, pattern in patterns.items():
        if not pattern.fullmatch(fields[name]):
            raise InvalidDate(name)
    if int(fields["month"]) > len(data.MONTHS_FA):
        raise InvalidDate("month")
    try:
        return from_jalali(int(fields["year"]), int(fields["month"]), int(fields["day"]))
    except ValueError as fault:
        raise InvalidDate("day") from fault


def format_date(date: dt.date, *, digits: Digits = Digits.PERSIAN) -> str:
    """Return `1404/10/16`, for tables."""
    solar = to_jalali(date)
    return _show(f"{solar.year:04}/{solar.month:02}/{solar.day:02}", digits)


def format_long(date: dt.date, *, language: Language = Language.FA, weekday: bool = True) -> str:
    """Return the day in words as a sentence needs it: weekday, day, month, year, tied by no-break spaces.

    Persian digits and names for `FA`, ASCII digits and transliterated names for `EN`.
    """
    solar = to_jalali(date)
    persian = language is Language.FA
    months = data.MONTHS_FA if persian else data.MONTHS_EN
    weekdays = data.WEEKDAYS_FA if persian else data.WEEKDAYS_EN
    words = [weekdays[date.weekday()]] if weekday else []
    words.append(f"{solar.day}\u00a0{months[solar.month - 1]}\u00a0{solar.year}")
    return _show(" ".join(words), Digits.PERSIAN if persian else Digits.ASCII)


def format_day(date: dt.date, *, language: Language = Language.FA) -> str:
    """Return day and month in words, for lists that stay within the current year."""
    return format_long(date, language=language, weekday=False).rsplit("\u00a0", 1)[0]


def format_time(instant: dt.datetime, *, digits: Digits = Digits.PERSIAN) -> str:
    """Return the Tehran time of day, 24 hours: `9:12`. Raises `ValueError` for a naive instant."""
    clock = _in_tehran(instant)
    return _show(f"{clock.hour}:{clock:%M}", digits)


def format_exact_time(instant: dt.datetime, *, digits: Digits = Digits.PERSIAN) -> str:
    """Return the Tehran time to the second, for proofs: `9:12:05`. `ValueError` for a naive instant."""
    clock = _in_tehran(instant)
    return _show(f"{clock.hour}:{clock:%M:%S}", digits)


def tehran_date(instant: dt.datetime) -> dt.date:
    """Return the calendar day in Tehran at an aware instant. Raises `ValueError` for a naive one."""
    return _in_tehran(instant).date()


def _in_tehran(instant: dt.datetime) -> dt.datetime:
    if instant.tzinfo is None:
        raise ValueError("an aware instant is needed")
    return instant.astimezone(TEHRAN)


def _show(text: str, digits: Digits) -> str:
    return to_persian_digits(text) if digits is Digits.PERSIAN else text
