"""Numbers in Persian words, for receipts and certificates where a figure alone could be altered, and back.

Words are read back to the number they were made from (a law of the tests). Orthography: the Academy's.
"""

import re
from decimal import Decimal
from typing import Final

from panjereh_kernel import numbers_data as data
from panjereh_kernel.numbers import InvalidNumber, NumberFault
from panjereh_kernel.persian import normalise

LARGEST: Final = 10**18 - 1
MOST_DECIMALS: Final = len(data.FRACTIONS) - 1
LONGEST: Final = 500
"""How many characters a number in words or an amount may have: more than twice the longest there is."""
_MILLIARD: Final = 10**9
_SCALES: Final = ((10**6, data.MILLION), (10**3, data.THOUSAND))
_SCALE_VALUES: Final = {name: scale for scale, name in _SCALES}
_SMALL: Final = {data.ZERO: 0} | {
    word: value
    for words, step in ((data.ONES, 1), (data.TENS, 10), (data.HUNDREDS, 100))
    for value, word in ((place * step, word) for place, word in enumerate(words))
    if word
}
_PLACES: Final = {word: place for place, word in enumerate(data.FRACTIONS) if word}
_READ_AS: Final = re.compile(rf"\b(?:{'|'.join(data.READ_AS)})\b")


def in_words(value: int | Decimal) -> str:
    """Return «یک میلیون و دویست هزار», «منفی سه ممیز پنج دهم».

    Above 999 million numbers count milliards: «هزار میلیارد». Zeros at the end of a fraction are left out.
    Raises `ValueError` beyond ±(10¹⁸-1) and for more than six decimals.
    """
    number = Decimal(value)
    if not number.is_finite() or number.copy_abs() >= LARGEST + 1:
        raise ValueError("too large a number to be read in words")
    whole, fraction = divmod(number.copy_abs(), 1)
    words = _whole(int(whole)) + _fraction(fraction)
    return f"{data.MINUS_WORD} {words}" if value < 0 else words


def ordinal_in_words(value: int) -> str:
    """Return «یکم», «سوم», «سی‌ام», «بیست و یکم». Raises `ValueError` below one and beyond 10¹⁸-1."""
    if value < 1:
        raise ValueError("there is no such place in a row")
    words = in_words(value)
    if words.endswith(data.THREE):
        return words.removesuffix(data.THREE) + data.THIRD
    return words + (data.ORDINAL_AFTER_YE if words.endswith(data.YE) else data.ORDINAL)


def parse_words(text: str) -> Decimal:
    """Read a number in words as `in_words` writes it, also without «و» and with «یک هزار» or «یکصد».

    What reads back as something else («صد دویست») is refused. Raises `InvalidNumber`.
    """
    if len(text) > LONGEST:
        raise InvalidNumber(NumberFault.FORM)
    words = _READ_AS.sub(lambda found: data.READ_AS[found[0]], normalise(text)).split()
    try:
        value = _read(words)
        if _bare(in_words(value).split()) == _bare(words):
            return value
    except (KeyError, ValueError) as fault:
        raise InvalidNumber(NumberFault.FORM) from fault
    raise InvalidNumber(NumberFault.FORM)


def _whole(number: int) -> str:
    if not number:
        return data.ZERO
    milliards, rest = divmod(number, _MILLIARD)
    parts = [f"{_whole(milliards)} {data.MILLIARD}"] if milliards else []
    for scale, name in _SCALES:
        count, rest = divmod(rest, scale)
        if count:
            parts.append(name if (count, name) == (1, data.THOUSAND) else f"{_below_thousand(count)} {name}")
    return data.AND.join([*parts, _below_thousand(rest)] if rest else parts)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10) if rest >= len(data.ONES) else (0, rest)
    return data.AND.join(filter(None, (data.HUNDREDS[hundreds], data.TENS[tens], data.ONES[ones])))


def _fraction(fraction: Decimal) -> str:
    if not fraction:
        return ""
    _, digits, exponent = fraction.normalize().as_tuple()
    places = -int(exponent)
    if places > MOST_DECIMALS:
        raise ValueError("too many decimals to be read in words")
    numerator = int("".join(map(str, digits)))
    return f" {data.POINT_WORD} {_whole(numerator)} {data.FRACTIONS[places]}"


def _read(words: list[str]) -> Decimal:
    if words[:1] == [data.MINUS_WORD]:
        return _read(words[1:]).copy_negate()
    if data.POINT_WORD not in words:
        return Decimal(_read_whole(words))
    point = words.index(data.POINT_WORD)
    *numerator, place = [*words[point + 1 :]]
    return _read_whole(words[:point]) + Decimal(_read_whole(numerator)).scaleb(-_PLACES[place])


def _read_whole(words: list[str]) -> int:
    """Add up; a scale multiplies what stands before it. `parse_words` tells whether the order is right."""
    total = milliards = group = 0
    for word in words:
        if word == data.AND.strip():
            continue
        if word in _SCALE_VALUES:
            total, group = total + (group or 1) * _SCALE_VALUES[word], 0
        elif word == data.MILLIARD:
            milliards, total, group = (total + group) * _MILLIARD, 0, 0
        else:
            group += _SMALL[word]
    return milliards + total + group


def _bare(words: list[str]) -> list[str]:
    """Return the words that carry the number: «و» and the one before a thousand do not."""
    kept = [word for word in words if word != data.AND.strip()]
    return [
        word
        for word, following in zip(kept, [*kept[1:], ""], strict=True)
        if (word, following) != (data.ONES[1], data.THOUSAND)
    ]
