"""What the room tells the others: ids only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from panjereh.plumbing import outbox


@dataclass(frozen=True, slots=True)
class MessageRead(outbox.Event):
    """The addressee opened a message for the first time.

    Law: electronic-commerce-act-1382#26, electronic-commerce-act-1382#27.

    Nobody listens yet: the clock of an objection will start here.
    """

    name: ClassVar[str] = "messaging.read"
    message_id: UUID
    reference: UUID
