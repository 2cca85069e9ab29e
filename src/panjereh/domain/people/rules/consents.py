"""When what a person allowed a program still holds, and how it ends."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from panjereh_kernel import jalali


class ConsentEnd(StrEnum):
    """How a consent ended before its last day."""

    TAKEN_BACK = "taken-back"
    REPLACED = "replaced"
    ERASED = "erased"


def end_of(last_day: dt.date) -> dt.datetime:
    """Return the instant at which a consent ends that holds through a day in Tehran."""
    return dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), tzinfo=jalali.TEHRAN)


def last_day_of(valid_until: dt.datetime) -> dt.date:
    """Return the last day in Tehran of a consent that ends at an instant."""
    return jalali.tehran_date(valid_until - dt.timedelta(microseconds=1))


def is_live(*, ended_at: dt.datetime | None, valid_until: dt.datetime, at: dt.datetime) -> bool:
    """Whether a consent holds at an instant: not ended, and its last moment not come."""
    return ended_at is None and at < valid_until


def covers(scope: str, wanted: Iterable[str]) -> bool:
    """Whether a consent allows everything that is wanted."""
    return set(wanted) <= set(scope.split(" "))
