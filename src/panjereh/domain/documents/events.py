"""What the room tells the others: ids only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from panjereh.plumbing import outbox


@dataclass(frozen=True, slots=True)
class DocumentIssued(outbox.Event):
    """A document is signed and can be read and checked."""

    name: ClassVar[str] = "documents.issued"
    document_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True)
class DocumentFailed(outbox.Event):
    """A document cannot be made from its template and data; trying again at once would not help.

    An operator who has mended the cause has it made again with the command `remake_documents`.
    """

    name: ClassVar[str] = "documents.failed"
    document_id: UUID
    case_id: UUID
