"""The data of record: what a document says, as data. The text layer of a PDF never is it.

Canonical JSON in the spirit of RFC 8785: sorted keys, no spaces, UTF-8, each value written in one way.
Numbers with a fraction are refused instead of formatted: amounts are integers, dates are ISO text.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping

from panjereh_kernel import jalali, persian
from panjereh_kernel.identifiers import NationalNumber

_NOT_A_RECORD = "a record holds text, integers, booleans, null, lists and mappings only"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def canonical(record: object) -> str:
    """Return the one JSON text of a record. Raises `TypeError` for what a record may not hold."""
    for value in _leaves(record):
        if not isinstance(value, (str, int, bool, type(None))):
            raise TypeError(_NOT_A_RECORD)
    # Sorted by code point; RFC 8785 sorts by UTF-16, which differs only for names beyond the basic plane.
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def masked(data: Mapping[str, object]) -> dict[str, object]:
    """Return the data with the holder's national number masked: a paper is shown to many."""
    holder = data.get("holder")
    if not isinstance(holder, Mapping) or "national_number" not in holder:
        return dict(data)
    number = NationalNumber.parse(str(holder["national_number"]))
    return {**data, "holder": {**holder, "national_number": number.masked()}}


def initials(given_name: str, family_name: str) -> str:
    """Return as much of a name as a stranger who checks a document sees: two letters."""
    return ". ".join((given_name[:1], family_name[:1])) + "…"


def dates_in_words(record: object) -> dict[str, dict[str, str]]:
    """Return each day and instant of a record as people read it: `day`, of instants also `clock`."""
    texts = {value for value in _leaves(record) if isinstance(value, str)}
    days = {text: dt.date.fromisoformat(text) for text in texts if _DAY.fullmatch(text)}
    instants = {text: dt.datetime.fromisoformat(text) for text in texts if _INSTANT.fullmatch(text)}
    words = {text: {"day": jalali.format_long(day, weekday=False)} for text, day in days.items()}
    return words | {text: _moment(instant) for text, instant in instants.items()}


def _moment(instant: dt.datetime) -> dict[str, str]:
    local = instant.astimezone(jalali.TEHRAN)
    clock = persian.to_persian_digits(f"{local.hour}:{local:%M:%S}")
    return {"day": jalali.format_long(local.date(), weekday=False), "clock": clock}


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _leaves(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
