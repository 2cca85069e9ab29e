"""Published figures as CSV: the form that is taken away is the form an edition is proposed in."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from panjereh.domain.indices.rules.editions import EditionMethod
from panjereh.domain.indices.rules.revising import Figure, Key
from panjereh.domain.indices.rules.tables import EditionTable

BEFORE_PARTS: Final = ("iso3", "ranked", "rank")
Cell: TypeAlias = str | int | float | None


def csv_of(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV in UTF-8, empty where there is no value."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(head)
    for row in rows:
        write(row)
    return out.getvalue().encode()


def parts_in(method: EditionMethod, found: Iterable[str]) -> tuple[str, ...]:
    """Return the index, its parts and what was published beside them, always in one order."""
    known = (method.index, *method.parts)
    return known + tuple(sorted(set(found) - set(known)))


def edition_rows(
    table: EditionTable, sources: Mapping[str, str], parts: Sequence[str], restated: Mapping[str, str]
) -> list[list[Cell]]:
    """Return the states of an edition by their code, each with its source and what was published before."""
    rows: list[list[Cell]] = []
    for row in table.rows:
        values = row.values if row.ranked else {}
        cells: list[Cell] = [values.get(part) for part in parts]
        told = (sources[row.iso3], restated.get(row.iso3, ""))
        rows.append([row.iso3, int(row.ranked), row.published_rank, *cells, *told])
    return rows


def proposed_csv(figures: Mapping[Key, Figure], method: EditionMethod) -> bytes:
    """Return the figures of a proposal as CSV, states by their code."""
    parts = parts_in(method, {part for *_, part in figures})
    states: dict[str, dict[str, Figure]] = {}
    for (*_, iso3, part), figure in figures.items():
        states.setdefault(iso3, {})[part] = figure
    rows = []
    for iso3, known in sorted(states.items()):
        main = known[method.index]
        values = [_number(known[part]) if part in known else "" for part in parts]
        rows.append([iso3, int(main.ranked), main.published_rank, *values])
    return csv_of([*BEFORE_PARTS, *parts], rows)


def template_csv(states: Iterable[str], parts: Sequence[str]) -> bytes:
    """Return the form of an edition: a line for each state, nothing filled in."""
    empty: list[Cell] = [""] * (2 + len(parts))
    return csv_of([*BEFORE_PARTS, *parts], [[iso3, *empty] for iso3 in sorted(states)])


def _number(figure: Figure) -> str:
    return "" if figure.value is None else f"{figure.value.normalize():f}"
