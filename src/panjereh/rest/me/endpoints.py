"""A person's own things, through the same doors as their pages, for what they allowed the calling program."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from panjereh.domain.casework import api as casework
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.documents import api as documents
from panjereh.plumbing import edge
from panjereh.rest import frame
from panjereh.rest.me import written
from panjereh.rest.me.shapes import AccessPage, Case, CasePage, DocumentPage, OwnDocument
from panjereh.rest.operation import Call, File, operation
from panjereh.rest.reading import AFTER, LIMIT, limit_in, listed, page_of, place_in
from panjereh_kernel.refusal import NotFound


@operation(
    name="listMyCases",
    about=gettext_noop("The person's cases"),
    gives=CasePage,
    query=(AFTER, LIMIT),
    scope="cases:read",
    reads="casework.cases",
)
def cases(call: Call) -> dict[str, Any]:
    """List the person's cases, newest first."""
    rows = casework.cases_of(actor=call.actor, before=_before(call), limit=limit_in(call) + 1)
    return page_of(call, rows, key=lambda row: str(row.id), write=written.case_summary)


@operation(
    name="readMyCase",
    about=gettext_noop("One case of the person"),
    gives=Case,
    scope="cases:read",
    reads="casework.case",
    refuses=(NotFound,),
)
def case(call: Call, case_id: UUID) -> Case:
    """Tell where a case of the person stands."""
    return written.case(casework.case(case_id, actor=call.actor))


@operation(
    name="withdrawMyCase",
    about=gettext_noop("Withdraw a case of the person"),
    detail="It ends before it is decided and cannot be taken back; a new one can be started. Send the `ETag` "
    "of the case as it was read in `If-Match`: if it has moved on since, nothing happens.",
    gives=Case,
    scope="cases:withdraw",
    reads="casework.case",
    refuses=(NotFound, casework.CaseStepImpossible),
    is_repeatable=True,
    needs_match=True,
)
def withdraw(call: Call, case_id: UUID) -> Case:
    """Withdraw a case of the person, if it is still as the program read it."""
    frame.matches(call, written.case(casework.case(case_id, actor=call.actor)))
    casework.withdraw_case(
        case_id, act_id=edge.new_id(), message_id=edge.new_id(), actor=call.actor, at=call.at
    )
    return written.case(casework.case(case_id, actor=call.actor))


@operation(
    name="listMyDocuments",
    about=gettext_noop("The person's documents"),
    gives=DocumentPage,
    query=(AFTER, LIMIT),
    scope="documents:read",
    reads="documents.documents",
)
def own_documents(call: Call) -> dict[str, Any]:
    """List the person's documents, newest first."""
    rows = documents.documents_of(call.actor, at=call.at, limit=limit_in(call) + 1, before=_before(call))
    return page_of(call, rows, key=lambda row: str(row.id), write=written.document)


@operation(
    name="readMyDocument",
    about=gettext_noop("One document of the person"),
    gives=OwnDocument,
    scope="documents:read",
    reads="documents.document",
    refuses=(NotFound,),
)
def document(call: Call, document_id: UUID) -> Any:
    """Tell what a document of the person is worth."""
    return written.document(documents.document_of(document_id, actor=call.actor, at=call.at))


@operation(
    name="fetchMyDocument",
    about=gettext_noop("The signed file of a document of the person"),
    scope="documents:read",
    reads="documents.file",
    refuses=(NotFound, documents.DocumentNotReady),
)
def document_file(call: Call, document_id: UUID) -> File:
    """Give the signed file."""
    file = documents.document_file(document_id, actor=call.actor, at=call.at)
    return File(file.name, file.content)


@operation(
    name="listMyAccesses",
    about=gettext_noop("Who looked at the person's data"),
    gives=AccessPage,
    query=(AFTER, LIMIT),
    scope="accesses:read",
    reads="disclosure.looks",
    refuses=(NotFound,),
)
def accesses(call: Call) -> dict[str, Any]:
    """List who looked at the person's data, newest first; the program's own readings are among them."""
    limit, place = limit_in(call), _place(call)
    looks = disclosure.looks_at(actor=call.actor, place=place, limit=limit + 1)
    page = looks[:limit]
    behind = place.after(page)
    following = [str(each) if each else None for each in (behind.receipt_id, behind.access_id)]
    return listed(
        call, [written.access(look) for look in page], following=following if len(looks) > limit else None
    )


def _before(call: Call) -> UUID | None:
    place = place_in(call)
    return None if place is None else UUID(place)


def _place(call: Call) -> disclosure.LooksPlace:
    place = place_in(call)
    if place is None:
        return disclosure.LooksPlace()
    receipt, access = place
    return disclosure.LooksPlace(
        receipt_id=UUID(receipt) if receipt else None, access_id=UUID(access) if access else None
    )
