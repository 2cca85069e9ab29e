"""Read what a person typed into values that cannot be wrong in form, or say which field to correct."""

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar, TypeVar

from panjereh.web import installation
from panjereh_kernel import jalali, persian
from panjereh_kernel.identifiers import Mobile, NationalNumber
from panjereh_kernel.refusal import Refusal

CODE_DIGITS = 6
Number = TypeVar("Number", NationalNumber, Mobile)


class CodeMalformed(Refusal):
    """Not six digits; nothing is counted for it."""

    code: ClassVar[str] = "code-malformed"
    status: ClassVar[int] = 422


class BirthDateAhead(Refusal):
    """A day that has not come yet."""

    code: ClassVar[str] = "birth-date-ahead"
    status: ClassVar[int] = 422


def read_national_number(data: Mapping[str, str]) -> NationalNumber:
    """Return the national number. Raises `InvalidNationalNumber`, `NumberNotOfThisInstallation`."""
    return installation.own(NationalNumber.parse(data.get("national_number", "")))


def read_mobile(data: Mapping[str, str]) -> Mobile:
    """Return the mobile. Raises `InvalidMobile`, `NumberNotOfThisInstallation`."""
    return installation.own(Mobile.parse(data.get("mobile", "")))


def read_birth_date(data: Mapping[str, str], *, at: dt.datetime) -> dt.date:
    """Return the birth date from three solar fields. Raises `InvalidDate`, `BirthDateAhead`."""
    date = jalali.parse_fields(data.get("year", ""), data.get("month", ""), data.get("day", ""))
    if date > jalali.tehran_date(at):
        raise BirthDateAhead
    return date


def read_code(data: Mapping[str, str]) -> str:
    """Return the six digits in ASCII. Raises `CodeMalformed`."""
    typed = persian.normalise(data.get("code", "")).replace(" ", "")
    if len(typed) != CODE_DIGITS or not (typed.isascii() and typed.isdigit()):
        raise CodeMalformed
    return typed
