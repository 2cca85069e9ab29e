"""What an address asks for: a state, an edition, numbers in any digits. What is none leads nowhere."""

from math import isfinite

from django.conf import settings
from django.http import HttpRequest

from panjereh.domain.indices import api as indices
from panjereh_kernel.persian import to_ascii_digits
from panjereh_kernel.refusal import NotFound

INDEX = "egdi"
HOME: str = settings.PANJEREH.country
MOST_DIGITS = 12
# What people type between whole and tenths: the decimal separator and the comma of Arabic script, a slash.
_POINTS = {0x066B: ".", 0x060C: ".", ord("/"): ".", 0x2212: "-"}


def tables() -> tuple[indices.EditionTable, ...]:
    """Return all editions, the oldest first. Raises `NotFound` where none was brought in yet."""
    found = indices.edition_tables(INDEX)
    if not found:
        raise NotFound
    return found


def state_of(request: HttpRequest, name: str = "country", *, default: str = HOME) -> str:
    """Return the state a form chose. Raises `CountryUnknown`."""
    return indices.country(request.GET.get(name) or default).iso3


def edition_of(request: HttpRequest, name: str = "edition", *, among: list[str]) -> str:
    """Return the edition a form chose among those there are, the newest first. Raises `NotFound`."""
    chosen = request.GET.get(name) or among[0]
    if chosen not in among:
        raise NotFound
    return chosen


def editions_ranking(iso3: str) -> list[str]:
    """Return the editions that ranked a state, the newest first. Raises `CountryUnknown` where none did."""
    found = [table.edition for table in reversed(tables()) if iso3 in table.ranked]
    if not found:
        raise indices.CountryUnknown
    return found


def number_of(text: str) -> float:
    """Return a number typed in any digits and with any decimal point. Raises `ValueError`."""
    typed = to_ascii_digits(text).strip().translate(_POINTS)
    if len(typed) > MOST_DIGITS:
        raise ValueError(text)
    number = float(typed)
    if not isfinite(number):
        raise ValueError(text)
    return number
