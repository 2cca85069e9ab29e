"""The editions as they lie in `data/indices`, without a database."""

import csv
import json
from functools import cache
from pathlib import Path

from panjereh.domain.indices.rules.editions import EditionMethod, parse_method
from panjereh.domain.indices.rules.tables import EditionTable, StateRow

DATA = Path(__file__).resolve().parents[3] / "data/indices"
METHODS_JSON = json.loads((DATA / "methods.json").read_text(encoding="utf-8"))
METHODS: dict[tuple[str, str], EditionMethod] = {
    (method.index, method.edition): method for method in map(parse_method, METHODS_JSON["editions"])
}
EDITIONS = [edition for index, edition in METHODS if index == "egdi"]
PARTS = ("egdi", "osi", "tii", "hci", "epi")


def edition(name: str) -> EditionTable:
    """Return an edition of the EGDI."""
    return _editions()[name]


@cache
def _editions() -> dict[str, EditionTable]:
    rows: dict[str, list[StateRow]] = {name: [] for name in EDITIONS}
    for raw in rows_of("egdi.csv"):
        ranked = raw["ranked"] == "1"
        values = {part: float(raw[part]) for part in PARTS} if ranked else {}
        rank = int(raw["rank"]) if ranked else None
        rows[raw["year"]].append(StateRow(raw["iso3"], ranked, values, rank))
    return {name: EditionTable(name, METHODS["egdi", name], tuple(found)) for name, found in rows.items()}


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of the reference data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
