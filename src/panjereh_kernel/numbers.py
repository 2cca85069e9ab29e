"""Numbers as people of both languages write them, «۱٬۲۰۰٬۰۰۰» and «۳٫۵», read without guessing separators."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Final

from panjereh_kernel import numbers_data as data
from panjereh_kernel.jalali import Language
from panjereh_kernel.persian import normalise, to_persian_digits
from panjereh_kernel.refusal import Refusal

_WRITTEN: Final = re.compile(
    rf"(?P<sign>[-{data.MINUS}+]?)"
    rf"(?P<whole>[0-9]+|[0-9]{{1,3}}(?:(?P<apart>[{data.THOUSANDS}])[0-9]{{3}})(?:(?P=apart)[0-9]{{3}})*)"
    rf"(?:[{data.POINTS}](?P<part>[0-9]+))?"
)
MOST_DIGITS: Final = 24  # leaves room for a scale within the precision of `Decimal`


class NumberFault(StrEnum):
    """What is wrong with a written number."""

    FORM = "form"
    FRACTION = "fraction"
    SIZE = "size"
    UNIT = "unit"
    SIGN = "sign"


class InvalidNumber(Refusal):
    """The text is no number of the kind that is asked for. Carries the fault, never the text."""

    code = "number-not-valid"
    status = 422

    def __init__(self, fault: NumberFault) -> None:
        super().__init__(fault)
        self.fault = fault


def format_number(value: int | Decimal, *, language: Language = Language.FA) -> str:
    """Return the number with its thousands apart: `۱٬۲۰۰٬۰۰۰٫۵` in Persian, `1,200,000.5` in English.

    The digits of a `Decimal` are kept as they are, also zeros at its end. The sign is the one of CLDR: in
    Persian a minus sign behind a left-to-right mark, without which it would stand on the wrong side.
    Raises `ValueError` for what is no finite number.
    """
    if not Decimal(value).is_finite():
        raise ValueError("a finite number is needed")
    plain = f"{abs(value):,f}" if isinstance(value, Decimal) else f"{abs(value):,}"
    if language is Language.EN:
        return ("-" if value < 0 else "") + plain
    sign = data.MINUS_BEFORE_PERSIAN if value < 0 else ""
    return sign + to_persian_digits(plain.translate(data.PERSIAN_SEPARATORS))


def parse_number(text: str) -> Decimal:
    """Read a number in any digits: a sign, `٬`, `,`, `،`, `'` or a space between thousands, `٫` or `.`.

    Separators must stand at every third digit or nowhere, and be of one kind, so that `1,5` is refused
    instead of read as fifteen. A slash is refused too: people write it for the decimal point and for a
    fraction. Raises `InvalidNumber`.
    """
    written = _WRITTEN.fullmatch(normalise(text))
    if written is None:
        raise InvalidNumber(NumberFault.FORM)
    digits = re.sub(r"[^0-9]", "", written["whole"])
    part = written["part"] or ""
    if len(digits) + len(part) > MOST_DIGITS:
        raise InvalidNumber(NumberFault.SIZE)
    number = Decimal(f"{digits}.{part}" if part else digits)
    return number.copy_negate() if written["sign"] in data.MINUS_SIGNS else number


def parse_integer(text: str) -> int:
    """Read a whole number as `parse_number` does. Raises `InvalidNumber`, `FRACTION` if it is not whole."""
    number = parse_number(text)
    if number != number.to_integral_value():
        raise InvalidNumber(NumberFault.FRACTION)
    return int(number)
