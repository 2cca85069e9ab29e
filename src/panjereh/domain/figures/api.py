"""The door of the figures. `roll_up` is the sequencer's; everything else reads."""

from panjereh.domain.figures.operations.roll_up import roll_up
from panjereh.domain.figures.operations.verify_figure import verify_figure
from panjereh.domain.figures.queries import (
    EventBehind,
    FigureTable,
    count_state,
    counted_at,
    events_behind,
    figure_table,
    find_definition,
    read_definitions,
)
from panjereh.domain.figures.refusals import FigureDiffers
from panjereh.domain.figures.rules.counting import Cell
from panjereh.domain.figures.rules.definitions import Definition

__all__ = [
    "Cell",
    "Definition",
    "EventBehind",
    "FigureDiffers",
    "FigureTable",
    "count_state",
    "counted_at",
    "events_behind",
    "figure_table",
    "find_definition",
    "read_definitions",
    "roll_up",
    "verify_figure",
]
