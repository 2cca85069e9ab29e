"""Why a limit was counted again: the days off that changed while it ran."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from panjereh_kernel.deadlines import DeadlineChange


class Day(Protocol):
    """A day off that only one of two calendars knows."""

    @property
    def on(self) -> dt.date:
        """The day."""

    @property
    def is_closed(self) -> bool:
        """Whether the newer calendar is the one that knows it."""


def told_days(change: DeadlineChange, days: Iterable[Day]) -> list[dict[str, str | bool]]:
    """Return those of the changed days that lie within the limit, as the record keeps them."""
    last = max(change.before.on, change.after.on)
    return [
        {"on": day.on.isoformat(), "is_closed": day.is_closed}
        for day in days
        if change.before.starts_on < day.on <= last
    ]
