"""B-INDEX: what a what-if over all states of an edition costs."""

from __future__ import annotations

import csv
import json
import time
from fractions import Fraction
from typing import TYPE_CHECKING

from benchmarks.figure import Figure, at_most
from benchmarks.stage import ROOT
from panjereh.domain.indices.rules.climbing import cheapest_mix, lifts, need_for_rank
from panjereh.domain.indices.rules.editions import parse_method
from panjereh.domain.indices.rules.ranking import comparable
from panjereh.domain.indices.rules.tables import EditionTable, StateRow
from panjereh.domain.indices.rules.what_if import try_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.stage import Stage

ID = "B-INDEX"
EDITION = "2024"
MUST_MS, AIM_MS = 5, 1
CHANGES = {"osi": 0.7, "tii": 0.8, "hci": 0.75}
WEIGHTS = {"osi": Fraction(1, 2), "tii": Fraction(1, 4), "hci": Fraction(1, 4)}
PLACES = 30


def measure(stage: Stage) -> list[Figure]:
    """Answer for every state each way, and hold the ranks against those of the plain way."""
    table = read_table()
    plain_ms, expected = _spent_ms(table, lambda iso3: _plainly(table, iso3, table.method.weights))
    parts_ms, ranks = _spent_ms(table, lambda iso3: try_changes(table, iso3, CHANGES).rank)
    assert ranks == expected, "the ranks are not those of the plain way"
    weights_ms, ranks = _spent_ms(table, lambda iso3: try_changes(table, iso3, CHANGES, weights=WEIGHTS).rank)
    assert ranks == {iso3: _plainly(table, iso3, WEIGHTS) for iso3 in table.ranked}
    climb_ms, _ = _spent_ms(table, lambda iso3: _climb(table, iso3))
    stage.say(f"{len(table.ranked)} states, ranks as of the plain way")
    return [
        _figure("three parts changed", parts_ms, plain_ms),
        _figure("and other weights for all", weights_ms, plain_ms),
        _figure(f"what {PLACES} places cost", climb_ms, None),
    ]


def read_table() -> EditionTable:
    """Return the edition from the reference data."""
    folder = ROOT / "data/indices"
    methods = json.loads((folder / "methods.json").read_text(encoding="utf-8"))["editions"]
    method = next(parse_method(raw) for raw in methods if (raw["index"], raw["edition"]) == ("egdi", EDITION))
    with (folder / "egdi.csv").open(encoding="utf-8", newline="") as file:
        rows = [raw for raw in csv.DictReader(file) if raw["year"] == EDITION and raw["ranked"] == "1"]
    names = ("egdi", *method.parts)
    return EditionTable(
        EDITION,
        method,
        tuple(
            StateRow(
                raw["iso3"],
                ranked=True,
                values={name: float(raw[name]) for name in names},
                published_rank=int(raw["rank"]),
            )
            for raw in rows
        ),
    )


def _spent_ms(table: EditionTable, answer: Callable[[str], int]) -> tuple[float, dict[str, int]]:
    begun = time.process_time()
    answers = {iso3: answer(iso3) for iso3 in table.ranked}
    return (time.process_time() - begun) * 1000 / len(answers), answers


def _plainly(table: EditionTable, iso3: str, weights: Mapping[str, Fraction]) -> int:
    """Compose every state anew, compare each with each, and look one up. Rounding of the survey is kept."""
    index = {}
    for name, row in table.ranked.items():
        values = {**row.values, **(CHANGES if name == iso3 else {})}
        left = row.values["egdi"] - sum(float(w) * row.values[p] for p, w in table.method.weights.items())
        index[name] = comparable(left + sum(float(w) * values[p] for p, w in weights.items()))
    ranks = {name: 1 + sum(other > value for other in index.values()) for name, value in index.items()}
    return ranks[iso3]


def _climb(table: EditionTable, iso3: str) -> int:
    rank = max(1, table.rank(iso3) - PLACES)
    gap = need_for_rank(table, iso3, rank=rank).gap
    assert any(cheapest_mix(table, iso3, gap=gap).rises.values()) == (gap > 0)
    return len(lifts(table, iso3, gap=gap))


def _figure(work: str, value: float, reference: float | None) -> Figure:
    return Figure(
        benchmark=ID,
        work=work,
        value=value,
        unit="ms",
        reference=reference,
        reference_work="composed and compared anew" if reference else "",
        must=at_most(MUST_MS),
        aim=at_most(AIM_MS),
    )
