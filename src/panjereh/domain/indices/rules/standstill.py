"""Figures that did not grow from one edition to the next: a fact about published values, set by nobody.

GAP: no issue is opened by such a fact yet, for there is no register of issues: pages tell it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from panjereh.domain.indices.rules.editions import method_changes
from panjereh.domain.indices.rules.tables import EditionTable


@dataclass(frozen=True, slots=True)
class Standstill:
    """A part whose value in the latest edition is not above the one before.

    `since` is where the unbroken run without growth begins: every edition after it is not above the one
    before it. `is_one_measure` says whether the method of the index stayed the same all the while.
    """

    part: str
    since: str
    until: str
    value_since: float
    value_until: float
    is_one_measure: bool


def standstills(tables: Sequence[EditionTable], iso3: str) -> tuple[Standstill, ...]:
    """Return what of a state did not grow by the latest edition that ranked it; the oldest table first.

    A part is told if the two latest editions that ranked the state both have it.
    """
    ranking = [table for table in tables if iso3 in table.ranked]
    parts = [part for part in _parts(ranking) if _has(ranking[-1], iso3, part)] if len(ranking) > 1 else []
    found = (_standstill(ranking, iso3, part) for part in parts)
    return tuple(each for each in found if each is not None)


def _parts(ranking: Sequence[EditionTable]) -> tuple[str, ...]:
    method = ranking[-1].method
    known = (method.index, *method.parts)
    return known + tuple(sorted({part for row in ranking[-1].rows for part in row.values} - set(known)))


def _standstill(ranking: Sequence[EditionTable], iso3: str, part: str) -> Standstill | None:
    run = [ranking[-1]]
    for later, earlier in pairwise(reversed(ranking)):
        if not _has(earlier, iso3, part) or later.value(iso3, part) > earlier.value(iso3, part):
            break
        run.insert(0, earlier)
    if len(run) == 1:
        return None
    return Standstill(
        part=part,
        since=run[0].edition,
        until=run[-1].edition,
        value_since=run[0].value(iso3, part),
        value_until=run[-1].value(iso3, part),
        is_one_measure=not any(method_changes(old.method, new.method) for old, new in pairwise(run)),
    )


def _has(table: EditionTable, iso3: str, part: str) -> bool:
    return part in table.ranked[iso3].values
