"""What an address asks for: the country of this instance, and where a list begins."""

from django.http import HttpRequest

from panjereh.web.oversight.indices import reading
from panjereh_kernel.refusal import NotFound

PAGE = 50
_DIGITS = 5


def home() -> str:
    """Return the country these pages begin with."""
    return reading.HOME


def place_in(request: HttpRequest, length: int) -> int:
    """Return where a page of a list begins. Raises `NotFound` for what is no place of it."""
    text = request.GET.get("from", "")
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS and int(text) < length):
        raise NotFound
    return int(text)


def next_after(place: int, length: int) -> int:
    """Return where the next page begins, nought where there is none."""
    return place + PAGE if place + PAGE < length else 0
