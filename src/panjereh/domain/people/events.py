"""What the room tells the others: ids only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from panjereh.plumbing import outbox


@dataclass(frozen=True, slots=True)
class CodeWanted(outbox.Event):
    """A one-time code is to be sent. Who sends it reads it sealed through the door, once."""

    name: ClassVar[str] = "people.code_wanted"
    code_id: UUID


@dataclass(frozen=True, slots=True)
class SubjectErased(outbox.Event):
    """A person is erased for good. Whatever was under way for them comes to an end."""

    name: ClassVar[str] = "people.subject_erased"
    subject_id: UUID
