"""Count the leaves that came into the record since the last time, in the order of the record."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import connection, transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.figures.models import CountedEvent, Cursor
from panjereh.domain.figures.rules.counting import Event, count_events, events_in
from panjereh.domain.figures.rules.definitions import Definition

LIMIT: Final = 1000
ADD: Final = """
INSERT INTO figures_dailycount (figure, "on", service, state, count) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (figure, "on", service, state) DO UPDATE SET count = figures_dailycount.count + EXCLUDED.count
"""


@transaction.atomic(durable=True)
def roll_up(definition: Definition, *, at: dt.datetime, limit: int = LIMIT) -> int:
    """Read at most `limit` further leaves into a figure and return how many were read; nought: up to date.

    Counts and cursor move in one transaction, and a leaf that was counted once is not counted again even when
    the cursor was set back: replaying changes nothing. A second caller waits for the first.
    """
    Cursor.objects.get_or_create(figure=definition.id, defaults={"log_index": -1, "read_at": at})
    cursor = Cursor.objects.select_for_update().get(figure=definition.id)
    leaves = audit.leaves_after(cursor.log_index, limit=limit)
    if leaves:
        _count(events_in(leaves, definition), definition)
        cursor.log_index = leaves[-1].index
        cursor.read_at = at
        cursor.save(update_fields=["log_index", "read_at"])
    return len(leaves)


def _count(events: Sequence[Event], definition: Definition) -> None:
    counted = set(
        CountedEvent.objects.filter(
            figure=definition.id, log_index__in=[event.log_index for event in events]
        ).values_list("log_index", flat=True)
    )
    fresh = [event for event in events if event.log_index not in counted]
    CountedEvent.objects.bulk_create(
        CountedEvent(
            figure=definition.id,
            log_index=event.log_index,
            leaf_id=event.leaf_id,
            service=event.cell.service,
            state=event.cell.state,
            on=event.cell.on,
        )
        for event in fresh
    )
    with connection.cursor() as cursor:
        for cell, count in sorted(count_events(fresh).items()):
            cursor.execute(ADD, [definition.id, cell.on, cell.service, cell.state, count])
