"""Count a figure again from the record and hold it against what pages show."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from panjereh.domain.audit import api as audit
from panjereh.domain.audit.api import SequencedLeaf
from panjereh.domain.figures.models import CountedEvent, Cursor, DailyCount
from panjereh.domain.figures.refusals import FigureDiffers
from panjereh.domain.figures.rules.counting import Cell, count_events, events_in
from panjereh.domain.figures.rules.definitions import Definition

BATCH: Final = 1000


def verify_figure(definition: Definition) -> int:
    """Recount every leaf that the figure has read and return how many events there are.

    Raises `FigureDiffers` for the first cell whose number, or whose list of events, is not what the record
    says. Read-only, and as long as the record.
    """
    recount = count_events(events_in(_leaves_read(definition), definition))
    shown = _counts_of(DailyCount, definition)
    listed = _counts_of(CountedEvent, definition)
    for cell in sorted({*recount, *shown, *listed}):
        for count in (shown[cell], listed[cell]):
            if count != recount[cell]:
                raise FigureDiffers(
                    figure=definition.id,
                    service=cell.service,
                    state=cell.state,
                    on=cell.on.isoformat(),
                    shown=count,
                    counted=recount[cell],
                )
    return recount.total()


def _leaves_read(definition: Definition) -> Iterator[SequencedLeaf]:
    cursor = Cursor.objects.filter(figure=definition.id).first()
    last = -1 if cursor is None else cursor.log_index
    index = -1
    while index < last:
        leaves = audit.leaves_after(index, limit=min(BATCH, last - index))
        yield from leaves
        index = leaves[-1].index


def _counts_of(table: type[DailyCount] | type[CountedEvent], definition: Definition) -> Counter[Cell]:
    counts: Counter[Cell] = Counter()
    for row in table.objects.filter(figure=definition.id).iterator():
        counts[Cell(row.on, row.service, row.state)] += row.count if isinstance(row, DailyCount) else 1
    return counts
