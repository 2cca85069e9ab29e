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


@dataclass(frozen=True, slots=True)
class ProgramAllowed(outbox.Event):
    """A person allowed a program something: they are told, so that what they did not do themself shows."""

    name: ClassVar[str] = "people.program_allowed"
    consent_id: UUID


@dataclass(frozen=True, slots=True)
class ConsentEnded(outbox.Event):
    """A consent ended before its last moment. The identity provider ends the tokens made for it."""

    name: ClassVar[str] = "people.consent_ended"
    consent_id: UUID
