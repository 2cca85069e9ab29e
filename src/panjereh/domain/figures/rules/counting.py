"""Which leaf counts, and in which cell. Pure: the roll-up and the recount share it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from panjereh.domain.figures.rules.definitions import Definition
from panjereh_kernel.jalali import tehran_date

UNKNOWN: Final = "unknown"
"""The cell of a leaf that lacks a fact: counted where everyone sees it, for the record cannot be mended."""


class Leaf(Protocol):
    """What counting needs of a leaf of the record."""

    @property
    def index(self) -> int:
        """Its place in the log."""

    @property
    def id(self) -> UUID:
        """Its own id."""

    @property
    def event(self) -> str:
        """What happened."""

    @property
    def facts(self) -> Mapping[str, str | int]:
        """Short codes and ids that say more."""

    @property
    def at(self) -> dt.datetime:
        """When it happened."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One number of a figure: a service, a state, a Tehran calendar day."""

    on: dt.date
    service: str
    state: str


@dataclass(frozen=True, slots=True)
class Event:
    """One leaf that counts, and the cell it counts in."""

    log_index: int
    leaf_id: UUID
    cell: Cell


def events_in(leaves: Iterable[Leaf], definition: Definition) -> list[Event]:
    """Return the leaves that the figure counts, in their order."""
    return [
        Event(leaf.index, leaf.id, _cell_of(leaf, definition))
        for leaf in leaves
        if leaf.event in definition.events
    ]


def count_events(events: Iterable[Event]) -> Counter[Cell]:
    """Return how many events fall into each cell."""
    return Counter(event.cell for event in events)


def _cell_of(leaf: Leaf, definition: Definition) -> Cell:
    service = leaf.facts.get(definition.service_fact, UNKNOWN)
    state = leaf.facts.get(definition.state_fact, UNKNOWN)
    return Cell(tehran_date(leaf.at), str(service), str(state))
