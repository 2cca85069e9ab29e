"""What B-PAGE asks of the laboratory of indices: its pages, for many states, and what they must show."""

from __future__ import annotations

from typing import Any

from benchmarks.indices import CHANGES, EDITION, PLACES, read_table
from panjereh.domain.indices.rules.climbing import need_for_rank
from panjereh.domain.indices.rules.what_if import try_changes
from panjereh_kernel import persian

PAGES = {
    "index-list": "the list of other indices",
    "index-country": "a state in all editions",
    "index-edition": "all states of an edition",
    "index-targets": "targets of indices",
    "index-check": "a figure recomputed",
    "index-what-if": "the what-if",
    "index-what-if-computed": "a what-if computed",
}
# The decimal point of Persian numbers, by its number: code holds no such letters.
_POINT = {ord("."): 0x066B}
# The home country, and others from the top to the bottom of the list.
STATES = ("IRN", "DNK", "TUR", "BRA", "IDN", "KEN", "NPL", "TCD")


def asks(visitor: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return what to ask for, by kind of page: addresses, the visitor's cookies, what must stand there."""
    table = read_table()
    what_if = "/indices/what-if/?country={}&edition=" + EDITION
    changed = "".join(f"&{part}={value}" for part, value in CHANGES.items()) + f"&places={PLACES}"
    ranked = [iso3 for iso3 in STATES if table.rank(iso3) > PLACES]
    found = {
        "index-list": [_ask("/indices/others/")],
        "index-country": [_ask(f"/indices/countries/{each}/", table.value(each)) for each in STATES],
        "index-edition": [
            _ask(f"/indices/editions/{EDITION}/", *(table.value(each) for each in ("DNK", "IRN"))),
            _ask(f"/indices/editions/{EDITION}/?from=100"),
        ],
        "index-targets": [_ask("/indices/targets/")],
        "index-check": [
            _ask(f"/indices/editions/{EDITION}/{each}/", table.value(each), places=5) for each in STATES
        ],
        "index-what-if": [_ask(what_if.format(each), _needed(table, each)) for each in ranked],
        "index-what-if-computed": [
            _ask(what_if.format(each) + changed, try_changes(table, each, CHANGES).index, places=5)
            for each in ranked
        ],
    }
    return {page: [visitor | each for each in rows] for page, rows in found.items()}


def _needed(table: Any, iso3: str) -> float:
    return need_for_rank(table, iso3, rank=max(1, table.rank(iso3) - PLACES)).value_needed


def _ask(path: str, *numbers: float, places: int = 4) -> dict[str, Any]:
    shown = [persian.to_persian_digits(f"{each:.{places}f}".translate(_POINT)) for each in numbers]
    return {"path": path, "words": shown}
