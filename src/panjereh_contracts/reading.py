"""Read untrusted JSON into typed values, refusing what nobody promised: unknown, missing, repeated, wrong."""

import base64
import binascii
import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

MAX_BYTES = 8 * 1024 * 1024
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")
_TEXT_LIMIT = 20_000


class UnreadableError(ValueError):
    """The document is not what its schema says. The message names the place, never the content."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise UnreadableError("a member is repeated")
    return members


def _no_constant(_name: str) -> Any:
    raise UnreadableError("NaN and Infinity are not JSON")


def read_json(raw: bytes) -> Any:
    """Parse UTF-8 JSON strictly (RFC 8259 with unique names); raises `UnreadableError`."""
    if len(raw) > MAX_BYTES:
        raise UnreadableError("too long")
    try:
        document = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
        if b"\\u" in raw:
            # Half of a surrogate pair can be written in JSON and nowhere else: no log, file or row takes it.
            json.dumps(document, ensure_ascii=False).encode()
    except UnreadableError:
        raise
    except (ValueError, RecursionError) as error:  # a number of five thousand digits is no JSONDecodeError
        raise UnreadableError("not JSON") from error
    return document


class Reader:
    """Takes one JSON object apart, member by member; `done` refuses what is left over."""

    def __init__(self, value: Any, *, place: str) -> None:
        if not isinstance(value, Mapping):
            raise UnreadableError(f"{place}: an object is needed")
        self._rest = dict(value)
        self._place = place

    def _take(self, name: str) -> Any:
        try:
            return self._rest.pop(name)
        except KeyError as error:
            raise UnreadableError(f"{self._place}.{name}: missing") from error

    def text(self, name: str, *, limit: int = _TEXT_LIMIT) -> str:
        value = self._take(name)
        if not isinstance(value, str) or not 0 < len(value) <= limit:
            raise UnreadableError(f"{self._place}.{name}: text is needed")
        return value

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        value = self.text(name)
        if not pattern.fullmatch(value):
            raise UnreadableError(f"{self._place}.{name}: malformed")
        return value

    def number(self, name: str) -> int:
        value = self._take(name)
        if type(value) is not int or not 0 <= value < 1 << 53:
            raise UnreadableError(f"{self._place}.{name}: a natural number is needed")
        return value

    def instant(self, name: str) -> dt.datetime:
        value = self.matching(name, _INSTANT)
        try:
            return dt.datetime.fromisoformat(value)
        except ValueError as error:
            raise UnreadableError(f"{self._place}.{name}: no such instant") from error

    def base64_bytes(self, name: str) -> bytes:
        try:
            return base64.b64decode(self.text(name), validate=True)
        except (binascii.Error, ValueError) as error:
            raise UnreadableError(f"{self._place}.{name}: base64 is needed") from error

    def items(self, name: str) -> list[Any]:
        value = self._take(name)
        if not isinstance(value, list):
            raise UnreadableError(f"{self._place}.{name}: a list is needed")
        return value

    def member(self, name: str) -> Any:
        return self._take(name)

    def done(self) -> None:
        if self._rest:
            raise UnreadableError(f"{self._place}: unknown members")


def write_instant(at: dt.datetime) -> str:
    """Return an aware instant as RFC 3339 in UTC with Z; `ValueError` for a naive one."""
    if at.tzinfo is None:
        raise ValueError("an aware instant is needed")
    return at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
