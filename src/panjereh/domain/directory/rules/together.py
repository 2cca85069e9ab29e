"""What no line can say alone: one truth a day, parents that exist, and no circle."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby, pairwise
from typing import Final

from panjereh.domain.directory.rules.entries import Entry

# Column of a kind → the kind its codes belong to. An empty cell names nothing.
REFERENCES: Final[tuple[tuple[str, str, str], ...]] = (
    ("agency", "parent_code", "agency"),
    ("unit", "agency_code", "agency"),
    ("unit", "parent_code", "unit"),
    ("unit", "province_code", "division"),
    ("succession", "predecessor_code", "agency"),
    ("succession", "successor_code", "agency"),
    ("division", "parent_code", "division"),
    ("instrument", "issuer_code", "agency"),
    ("article", "instrument_code", "instrument"),
    ("relation", "instrument_code", "instrument"),
    ("relation", "other_code", "instrument"),
)
_EVER: Final = dt.date.max


def check(entries: Iterable[Entry]) -> None:
    """Note every fault between lines on the later line of the two, or on the one that points nowhere."""
    by_kind: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry)
    for several in by_kind.values():
        _check_days(several)
    codes = {kind: frozenset(entry.code for entry in several) for kind, several in by_kind.items()}
    for kind, column, target in REFERENCES:
        for entry in by_kind[kind]:
            name = entry.says(column)
            if name and name not in codes.get(target, ()):
                entry.line.fault(f"{entry.code}: there is no {target} {name} ({column})")
    for kind in ("agency", "unit"):
        _check_circles({entry.code: entry for entry in by_kind[kind]})
    _check_notes(by_kind["article"])


def offices(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the codes of the provinces and agencies that have days off of their own."""
    return frozenset(
        entry.code
        for entry in entries
        if entry.kind == "agency" or (entry.kind == "division" and not entry.says("parent_code"))
    )


def _check_days(entries: list[Entry]) -> None:
    ordered = sorted(entries, key=lambda entry: (entry.code, entry.valid_from or dt.date.min))
    for code, group in groupby(ordered, key=lambda entry: entry.code):
        for one, next_one in pairwise(group):
            if (one.valid_to or _EVER) > (next_one.valid_from or dt.date.min):
                later = max(one, next_one, key=lambda entry: entry.line.number)
                later.line.fault(f"{code} stands there twice for the same days")


def _check_circles(entries: Mapping[str, Entry]) -> None:
    safe: set[str] = set()
    for entry in entries.values():
        path: list[str] = []
        code = entry.code
        while code in entries and code not in safe:
            if code in path:
                entry.line.fault(f"{entry.code} is above itself")
                break
            path.append(code)
            code = entries[code].says("parent_code")
        safe.update(path)


def _check_notes(articles: list[Entry]) -> None:
    known = {entry.code for entry in articles}
    for entry in articles:
        parent = entry.says("parent_number")
        if parent and f"{entry.says('instrument_code')}#{parent}" not in known:
            entry.line.fault(f"{entry.code}: there is no article {parent}")
