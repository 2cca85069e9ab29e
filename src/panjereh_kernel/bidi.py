"""Latin, codes and numbers inside Persian where no mark-up helps: SMS, the text of a PDF, a table to read.

A code beside Persian words or signs is turned round by the Unicode bidirectional algorithm (UAX #9) unless it
is isolated. On pages `<bdi>` does this; a file that a program reads back gets no such marks at all.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from panjereh_kernel.persian_data import ARABIC_LETTER_MARK


class Isolate(StrEnum):
    """The direction inside an isolate (UAX #9, 2.4): told by the first letter, or said."""

    FIRST_STRONG = "\u2068"
    LEFT_TO_RIGHT = "\u2066"
    RIGHT_TO_LEFT = "\u2067"


_END: Final = "\u2069"
_OPENERS: Final = frozenset(Isolate)
# Embeddings and overrides leak into the text behind them, and overrides can show a text backwards.
_REFUSED: Final = re.compile("[\u202a-\u202e]")
_ALL: Final = re.compile(f"[{ARABIC_LETTER_MARK}\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PARAGRAPH_END: Final = re.compile("([\n\r\x1c-\x1e\x85\u2029])")
_RIGHT_TO_LEFT_MARK: Final = "\u200f"


def isolate(text: object, *, as_: Isolate = Isolate.FIRST_STRONG) -> str:
    """Return `text` in an isolate: it neither turns what stands around it nor is turned by it.

    A code that begins with a digit or a sign (`12-AB`) wants `LEFT_TO_RIGHT`. Marks inside are made legal
    first, so that nothing can break out; line breaks inside become spaces, because an isolate ends with its
    line. Nothing in gives nothing out.
    """
    inside = _closed(_PARAGRAPH_END.sub(" ", str(text)))
    return f"{as_}{inside}{_END}" if inside else ""


def fill(template: str, parts: Mapping[str, object]) -> str:
    """Return a text with `%(name)s` places, each filled with its part in an isolate of its own.

    Say the direction of a code by `isolate(code, as_=Isolate.LEFT_TO_RIGHT)` as its part: an isolate in an
    isolate is shown alike. Raises `KeyError` for a place without a part.
    """
    return template % {name: isolate(part) for name, part in parts.items()}


def paragraph(text: str) -> str:
    """Return a Persian text that plain-text readers lay out from right to left, whatever it begins with.

    They take the direction of a line from its first letter (UAX #9, P2), so a line that begins with a Latin
    word or has no letter gets a mark in front of it. Empty lines stay empty.
    """
    return "".join(map(_led, _PARAGRAPH_END.split(legal(text))))


def legal(text: str) -> str:
    """Return `text` with isolates closed in their line, and without embeddings, overrides and loose ends.

    Direction marks that change nothing but their own place (LRM, RLM, ALM) stay. Twice changes nothing.
    """
    return "".join(map(_closed, _PARAGRAPH_END.split(text)))


def without_marks(text: str) -> str:
    """Return `text` without any direction mark, for a value that a program compares or reads."""
    return _ALL.sub("", text)


def _closed(line: str) -> str:
    kept, depth = [], 0
    for character in _REFUSED.sub("", line):
        if character == _END and not depth:
            continue
        if character in _OPENERS or character == _END:
            depth += 1 if character in _OPENERS else -1
        kept.append(character)
    return "".join(kept) + _END * depth


def _led(line: str) -> str:
    if not line.strip() or _first_strong(line) in {"R", "AL"}:
        return line
    return _RIGHT_TO_LEFT_MARK + line


def _first_strong(line: str) -> str:
    """Return the class of the first letter outside isolates, "" without one (UAX #9, P2)."""
    depth = 0
    for character in line:
        if character in _OPENERS or character == _END:
            depth += 1 if character in _OPENERS else -1
        elif not depth and (kind := unicodedata.bidirectional(character)) in {"L", "R", "AL"}:
            return kind
    return ""
