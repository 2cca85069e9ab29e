"""What is told of a person's own cases, documents and accesses. What they answered and proved stays out."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec

from panjereh.domain.casework import api as casework
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.documents import api as documents
from panjereh.rest.reading import LARGEST_PAGE
from panjereh.rest.shapes import Instant, Next, Shape, Texts, Uri


class CaseSummary(Shape):
    """One case in the list."""

    id: UUID
    tracking_code: str
    service: str
    title: Texts
    state: casework.CaseState
    state_label: Annotated[Texts, msgspec.Meta(description="The state in the words of the service.")]
    started_at: Instant
    submitted_at: Instant | None
    due_on: Annotated[dt.date | None, msgspec.Meta(description="By when the agency must answer.")]
    page: Annotated[Uri, msgspec.Meta(description="Where the person sees it.")]


class CasePage(Shape):
    """The person's cases, newest first, page by page."""

    items: Annotated[list[CaseSummary], msgspec.Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class Reason(Shape):
    """Why a case was refused: a condition of the service that does not hold, and its law."""

    id: str
    text: Texts


class Act(Shape):
    """One line of what happened to a case."""

    event: str
    state: casework.CaseState
    role: str
    at: Instant


class Case(CaseSummary):
    """A case where it stands."""

    decided_at: Instant | None
    finished_at: Instant | None
    can_withdraw: bool
    reasons: list[Reason]
    acts: Annotated[list[Act], msgspec.Meta(description="Newest first, at most fifty.", max_length=50)]


class OwnDocument(Shape):
    """A document of the person."""

    id: UUID
    case_id: UUID
    number: str | None
    title: Texts
    issuer: Texts
    state: documents.DocumentState
    standing: Annotated[
        documents.Standing | None, msgspec.Meta(description="What it is worth today; null until signed.")
    ]
    issued_at: Instant | None
    valid_until: Annotated[
        dt.date | None, msgspec.Meta(description="Last good day, in Tehran; null is without end.")
    ]
    file: Annotated[Uri | None, msgspec.Meta(description="Where the signed file is; null until signed.")]


class DocumentPage(Shape):
    """The person's documents, newest first, page by page."""

    items: Annotated[list[OwnDocument], msgspec.Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class Access(Shape):
    """One time somebody got or read the person's data, or was refused."""

    id: UUID
    at: Instant
    kind: disclosure.LookKind
    what: Annotated[str, msgspec.Meta(description="The data set that was asked for, or what was read.")]
    who: Annotated[str, msgspec.Meta(description="The agency that holds the data set, or the reader's role.")]
    agency: Annotated[str, msgspec.Meta(description="Whose officer read it; empty for everybody else.")]
    purpose: Annotated[
        str, msgspec.Meta(description="Why; `program:` and its client identifier for a program like yours.")
    ]
    legal_basis: str
    case_reference: str
    outcome: str
    is_provable: bool


class AccessPage(Shape):
    """Who looked at the person's data, newest first, page by page."""

    items: Annotated[list[Access], msgspec.Meta(max_length=LARGEST_PAGE)]
    next: Next | None
