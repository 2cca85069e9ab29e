"""Amounts of money: whole rials, always; tomans are a hint for the eye and a word people type.

The rial is the unit of account (law: monetary-act-1351#1); ten rials are called a toman.
"""

import re
from decimal import Decimal
from typing import Final

from panjereh_kernel import numbers_data as data
from panjereh_kernel.jalali import Language
from panjereh_kernel.number_words import LARGEST, LONGEST, in_words, parse_words
from panjereh_kernel.numbers import InvalidNumber, NumberFault, format_number, parse_integer, parse_number
from panjereh_kernel.persian import normalise

RIALS_PER_TOMAN: Final = 10
_AMOUNT: Final = re.compile(
    rf"(?P<tomans>.+?) ?{data.TOMAN}(?:{data.AND}(?P<rest>.+?) ?{data.RIAL})?|(?P<rials>.+?) ?{data.RIAL}"
)


def format_rials(rials: int, *, language: Language = Language.FA) -> str:
    """Return «۱٬۲۰۰٬۰۰۰ ریال» or `1,200,000 rials`; «رایگان» or `free` for nothing to pay."""
    if not rials:
        return data.FREE if language is Language.FA else "free"
    unit = data.RIAL if language is Language.FA else _counted(rials, "rial")
    return f"{format_number(rials, language=language)}\u00a0{unit}"


def format_toman_hint(rials: int, *, language: Language = Language.FA) -> str:
    """Return «برابر ۱۲۰ هزار تومان» or `equal to 120 thousand tomans`, exactly to the rial.

    "" below one toman, as there is nothing to hint at. Raises `ValueError` for a negative amount.
    """
    if rials < 0:
        raise ValueError("an amount to pay is not negative")
    tomans, rest = divmod(rials, RIALS_PER_TOMAN)
    if not tomans:
        return ""
    if language is Language.EN:
        named = f"{' '.join(_in_scales(tomans, data.SCALES_EN, language))} {_counted(tomans, 'toman')}"
        return f"equal to {named} and {rest} {_counted(rest, 'rial')}" if rest else f"equal to {named}"
    amount = data.AND.join(_in_scales(tomans, data.SCALES, language))
    template = data.TOMAN_HINT_WITH_RIALS if rest else data.TOMAN_HINT
    return template.format(amount=amount, rials=format_number(rest))


def rials_in_words(rials: int) -> str:
    """Return «یک میلیون و دویست هزار ریال», for papers where a figure alone could be altered."""
    return f"{in_words(rials)} {data.RIAL}"


def parse_amount(text: str) -> int:
    """Read an amount in figures or words with its unit and return rials.

    `۱٬۲۰۰٬۰۰۰ ریال`, `۱۲۰ هزار تومان`, `۱٫۲ میلیون تومان`, «صد و بیست هزار تومان». Without a unit it is
    refused with `UNIT`: a guess could be ten times wrong. Raises `InvalidNumber`, for a negative amount
    with `SIGN`.
    """
    if len(text) > LONGEST:
        raise InvalidNumber(NumberFault.SIZE)
    written = _AMOUNT.fullmatch(normalise(text))
    if written is None:
        raise InvalidNumber(NumberFault.UNIT)
    rest = parse_integer(written["rest"]) if written["rest"] else 0
    tomans = _read(written["tomans"]) if written["tomans"] else Decimal(0)
    rials = _read(written["rials"]) if written["rials"] else tomans * RIALS_PER_TOMAN + rest
    if rials != rials.to_integral_value():
        raise InvalidNumber(NumberFault.FRACTION)
    return int(rials)


def _counted(number: int, unit: str) -> str:
    return unit if number == 1 else f"{unit}s"


def _in_scales(number: int, names: dict[str, int], language: Language) -> list[str]:
    parts = []
    for name, scale in sorted(names.items(), key=lambda item: -item[1]):
        count, number = divmod(number, scale)
        if count:
            parts.append(f"{format_number(count, language=language)} {name}")
    return parts + ([format_number(number, language=language)] if number else [])


def _read(text: str) -> Decimal:
    value = _read_figures(text) if re.search(r"[0-9]", text) else parse_words(text)
    if value < 0:
        raise InvalidNumber(NumberFault.SIGN)
    if value > LARGEST:
        raise InvalidNumber(NumberFault.SIZE)
    return value


def _read_figures(text: str) -> Decimal:
    total, smallest = Decimal(0), Decimal("Infinity")
    for part in text.split(data.AND):
        figures, *names = re.split(rf" ?({'|'.join(data.SCALES)})(?: |$)", part)
        scale = Decimal(1)
        for name in filter(None, names):
            if name not in data.SCALES:
                raise InvalidNumber(NumberFault.FORM)
            scale *= data.SCALES[name]
        value = parse_number(figures) * scale
        if abs(value) >= smallest:
            raise InvalidNumber(NumberFault.FORM)
        total, smallest = total + value, scale
    return total
