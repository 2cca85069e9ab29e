"""What the room tells others."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from panjereh.plumbing.outbox import Event


@dataclass(frozen=True, slots=True)
class FactsArrived(Event):
    """A register answered, or refused to; the case may go on."""

    name: ClassVar[str] = "disclosure.facts_arrived"
    case_id: UUID
    fact_id: UUID
