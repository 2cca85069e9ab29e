"""What is told of a figure."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec

from panjereh.rest.reading import LARGEST_PAGE
from panjereh.rest.shapes import Count, Instant, Next, Shape, Texts, Uri


class Figure(Shape):
    """What a figure counts."""

    id: str
    version: Annotated[int, msgspec.Meta(ge=1)]
    title: Texts
    definition: Texts
    unit: Texts
    sample: Texts
    counted_since: dt.date
    states: dict[str, Texts]


class FigureList(Shape):
    """Every definition."""

    items: list[Figure]


class DayNumber(Shape):
    """How many of one state on one day."""

    on: dt.date
    state: str
    count: Annotated[int, msgspec.Meta(ge=1)]


class FigureNumbers(Figure):
    """A figure with its numbers. Days are of Tehran's calendar, written in the Gregorian one; both ends
    count. A state that is not there is nought.
    """

    from_: dt.date = msgspec.field(name="from")
    to: dt.date
    as_of: Instant | None
    sample_size: Count
    counts: dict[str, Count]
    days: Annotated[list[DayNumber] | None, msgspec.Meta(description="Null where no service was asked for.")]


class Event(Shape):
    """One event that was counted, and where its proof is."""

    number: Count
    id: UUID
    on: dt.date
    service: str
    state: str
    proof: Uri


class EventPage(Shape):
    """Events in the order of the record, page by page."""

    items: Annotated[list[Event], msgspec.Meta(max_length=LARGEST_PAGE)]
    next: Next | None
