"""Reads of figures: numbers, and the events behind them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from panjereh.domain.figures.models import CountedEvent, Cursor, DailyCount
from panjereh.domain.figures.rules.counting import Cell
from panjereh.domain.figures.rules.definitions import Definition
from panjereh.plumbing import sql
from panjereh.plumbing.memory import kept
from panjereh_kernel.refusal import NotFound

# One row even where nothing was counted: when the figure was last read stands in every row.
_TOTALS = """
SELECT (SELECT read_at FROM figures_cursor WHERE figure = %s), counted.state, counted.total
FROM (SELECT 1) AS always LEFT JOIN (
    SELECT state, sum(count)::bigint AS total FROM figures_dailycount
    WHERE figure = %s AND "on" BETWEEN %s AND %s AND (%s = '' OR service = %s) GROUP BY state
) AS counted ON true
ORDER BY counted.state
"""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The numbers of a figure on the days [since, until].

    `as_of_index` is the last leaf of the record that was read (-1: none) and `as_of_at` when; `sample` is
    how many events the numbers shown count up to. A cell that is not in `counts` is nought.
    """

    definition: Definition
    since: dt.date
    until: dt.date
    as_of_index: int
    as_of_at: dt.datetime | None
    counts: dict[Cell, int]

    @property
    def sample(self) -> int:
        """How many events were counted."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class FigureTotals:
    """The numbers of a figure on the days [since, until] together, by state; `as_of_at` is when it last read.

    A state that is not in `counts` is nought; `as_of_at` is None where nothing was ever counted.
    """

    definition: Definition
    since: dt.date
    until: dt.date
    as_of_at: dt.datetime | None
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class EventBehind:
    """One event behind a number. `log_index` is its place in the record, by which its proof is asked for."""

    log_index: int
    leaf_id: UUID
    cell: Cell


def read_definitions(directory: Path) -> dict[str, Definition]:
    """Return every definition in a folder of JSON files, by id."""
    definitions = [
        Definition.parse(path.read_text(encoding="utf-8")) for path in sorted(directory.glob("*.json"))
    ]
    return {definition.id: definition for definition in definitions}


def find_definition(directory: Path, figure_id: str) -> Definition:
    """Return one definition. Raises `NotFound`."""
    try:
        return _definitions(directory)[figure_id]
    except KeyError as error:
        raise NotFound from error


_definitions = kept(read_definitions)


def figure_table(definition: Definition, *, since: dt.date, until: dt.date, service: str = "") -> FigureTable:
    """Return the numbers of a figure on the Tehran calendar days from `since` to `until`, both included.

    `service` leaves out the numbers of all others.
    """
    cursor = Cursor.objects.filter(figure=definition.id).first()
    rows = DailyCount.objects.filter(figure=definition.id, on__range=(since, until))
    if service:
        rows = rows.filter(service=service)
    return FigureTable(
        definition,
        since,
        until,
        as_of_index=-1 if cursor is None else cursor.log_index,
        as_of_at=None if cursor is None else cursor.read_at,
        counts={
            Cell(row.on, row.service, row.state): row.count for row in rows.order_by("on", "service", "state")
        },
    )


def figure_totals(
    definition: Definition, *, since: dt.date, until: dt.date, service: str = ""
) -> FigureTotals:
    """Return how often each state was counted on the Tehran days from `since` to `until`, both included.

    `service` leaves out the numbers of all others.
    """
    values = (definition.id, definition.id, since, until, service, service)
    rows = sql.rows(_TOTALS, values)
    counts = {state: total for _, state, total in rows if state is not None}
    return FigureTotals(definition, since, until, as_of_at=rows[0][0], counts=counts)


def counted_at(log_index: int, definitions: Collection[Definition]) -> dict[str, EventBehind]:
    """Return how the event at a place of the record was counted, by figure; empty if in none of these."""
    rows = CountedEvent.objects.filter(figure__in=[each.id for each in definitions], log_index=log_index)
    return {row.figure: _event(row) for row in rows.order_by("figure")}


def events_behind(
    definition: Definition,
    *,
    limit: int,
    after: int = -1,
    on: dt.date | None = None,
    service: str = "",
    state: str = "",
) -> list[EventBehind]:
    """Return the events of a figure behind place `after`, in the order of the record, at most `limit`.

    `on`, `service` and `state` narrow the list to a number, or to a row or a column of them.
    """
    chosen = {"on": on, "service": service, "state": state}
    rows = CountedEvent.objects.filter(
        figure=definition.id, log_index__gt=after, **{name: value for name, value in chosen.items() if value}
    ).order_by("log_index")
    return [_event(row) for row in rows[:limit]]


def _event(row: CountedEvent) -> EventBehind:
    return EventBehind(row.log_index, row.leaf_id, Cell(row.on, row.service, row.state))
