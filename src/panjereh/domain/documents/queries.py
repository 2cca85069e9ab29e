"""What is read of documents: frozen values, with sealed parts opened only where the asker may."""

import base64
import datetime as dt
import json
from dataclasses import dataclass
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.documents import access, forms
from panjereh.domain.documents.models import CheckReceipt, Document
from panjereh.domain.documents.rules import states
from panjereh.domain.documents.rules.numbers import read_serial
from panjereh.domain.documents.rules.records import initials
from panjereh.domain.documents.rules.statements import Statement
from panjereh.domain.documents.rules.turned_down import SaidReason
from panjereh.plumbing import sealing
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import Refusal

PAGE = 20


class DocumentNotReady(Refusal):
    """The document has no file: it is still being made, or could not be."""

    code = "document-not-ready"


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as its holder sees it. `standing` is None until it was signed."""

    id: UUID
    case_id: UUID
    title: dict[str, str]
    issuer: dict[str, str]
    state: states.DocumentState
    standing: states.Standing | None
    serial: str | None
    issued_at: dt.datetime | None
    valid_until: dt.date | None


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """The signed file, and the name it is saved under."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """What somebody with the code or the file is told from our own records.

    The holder is two letters, nothing once the holder's data was erased.
    """

    serial: str
    title: dict[str, str]
    issuer: dict[str, str]
    holder: str
    standing: states.Standing
    is_past_its_term: bool
    issued_at: dt.datetime
    valid_until: dt.date | None
    revoked_at: dt.datetime | None
    revocation_reason: states.RevocationReason | None


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """What somebody with the code or the file of a receipt is told: what it stated, and when it was made.

    It says nothing about the document's worth today.
    """

    serial: str
    issued_at: dt.datetime
    statement: Statement


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt as whoever asked for it sees it. `serial` is None until it was signed.

    `is_kept` is whether its file can still be fetched.
    """

    serial: str | None
    is_kept: bool
    statement: Statement


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report that an office did not accept a document, as its writer sees it."""

    tracking_code: str
    agency_id: str
    reason: SaidReason
    reported_at: dt.datetime


def documents_of(
    actor: Actor, *, at: dt.datetime, limit: int = PAGE, before: UUID | None = None
) -> list[DocumentView]:
    """Return at most `limit` of the acting person's documents, newest first, behind the one with id `before`.

    Nothing for somebody not signed in.
    """
    rows = access.own_documents(actor, limit=limit, before=before)
    issuers = forms.issuers_of({document.issuer_id for document in rows})
    return [_view(document, issuers[document.issuer_id], at) for document in rows]


def document_of(document_id: UUID, *, actor: Actor, at: dt.datetime) -> DocumentView:
    """Return one document of the acting person. Raises `NotFound` when absent or another's."""
    document = access.visible_document(document_id, actor=actor)
    return _view(document, forms.issuer_of(document.issuer_id), at)


def document_of_case(case_id: UUID, *, actor: Actor, at: dt.datetime) -> DocumentView | None:
    """Return the newest document made for a case of the acting person, None if none was asked for."""
    document = access.own_document_of_case(case_id, actor)
    return None if document is None else _view(document, forms.issuer_of(document.issuer_id), at)


def document_file(document_id: UUID, *, actor: Actor, at: dt.datetime) -> DocumentFile:
    """Return the signed file. Only for its holder, or for the platform itself, which leaves a trace.

    Raises `NotFound` when absent or another's, `DocumentNotReady` when there is no file.
    """
    document = access.visible_document(document_id, actor=actor)
    if document.sealed_pdf is None:
        raise DocumentNotReady
    if document.subject_id != actor.subject_id:
        audit.trace_access(subject_id=document.subject_id, actor=actor, what="documents.file", at=at)
    encoded = sealing.unseal(document.subject_id, access.FILE_FIELD, bytes(document.sealed_pdf))
    return DocumentFile(f"{document.serial}.pdf", base64.b64decode(encoded))


def document_id_of(serial: str, *, actor: Actor) -> UUID:
    """Return which document has a number, for the platform's own work.

    Raises `SerialNotValid` for a mistyped number, `NotFound` when no document has it and for every person.
    """
    return access.id_of_serial(read_serial(serial), actor=actor)


def checked(document: Document, *, actor: Actor, at: dt.datetime) -> CheckedDocument:
    """Return what a stranger is told about a signed document, and leave the holder a trace of it."""
    audit.trace_access(subject_id=document.subject_id, actor=actor, what="documents.check", at=at)
    serial, issued_at = document.serial, document.issued_at
    if serial is None or issued_at is None:
        raise DocumentNotReady
    return CheckedDocument(
        serial=serial,
        title=_title(document),
        issuer=forms.issuer_of(document.issuer_id).name,
        holder=_initials_of_holder(document),
        standing=_standing(document, at),
        is_past_its_term=states.is_past_its_term(document.valid_until, today=jalali.tehran_date(at)),
        issued_at=issued_at,
        valid_until=document.valid_until,
        revoked_at=document.revoked_at,
        revocation_reason=_reason(document),
    )


def _initials_of_holder(document: Document) -> str:
    """That a document was signed stays true when its holder was erased; whose it was is gone."""
    try:
        holder = json.loads(access.data_of(document))["holder"]
    except sealing.ContentErased:
        return ""
    return initials(holder["given_name"], holder["family_name"])


def checked_receipt(receipt: CheckReceipt) -> CheckedReceipt:
    """Return what a stranger is told about a receipt."""
    if receipt.serial is None or receipt.issued_at is None:
        raise DocumentNotReady
    return CheckedReceipt(receipt.serial, receipt.issued_at, Statement.from_json(receipt.statement))


def receipt(reference: str) -> ReceiptView:
    """Return the receipt of a check, for whoever has its reference. Raises `NotFound`."""
    row = access.receipt_of(reference)
    return ReceiptView(row.serial, row.pdf is not None, Statement.from_json(row.statement))


def receipt_file(reference: str) -> DocumentFile:
    """Return the signed file of a receipt, for whoever has its reference.

    Raises `NotFound`, and `DocumentNotReady` when there is no file yet or none any longer.
    """
    row = access.receipt_of(reference)
    if row.pdf is None:
        raise DocumentNotReady
    return DocumentFile(f"receipt-{row.serial}.pdf", bytes(row.pdf))


def reports_of(document_id: UUID, *, actor: Actor) -> list[ReportView]:
    """Return the acting person's reports about their document, newest first; never more than a few.

    Raises `NotFound` when the document is absent or another's.
    """
    document = access.own_document(document_id, actor=actor)
    return [
        ReportView(row.tracking_code, row.agency_id, SaidReason(row.reason), row.reported_at)
        for row in access.reports_of(document)
    ]


def _view(document: Document, issuer: forms.Issuer, at: dt.datetime) -> DocumentView:
    state = states.DocumentState(document.state)
    return DocumentView(
        id=document.id,
        case_id=document.case_id,
        title=_title(document),
        issuer=issuer.name,
        state=state,
        standing=_standing(document, at) if state in states.SIGNED_STATES else None,
        serial=document.serial,
        issued_at=document.issued_at,
        valid_until=document.valid_until,
    )


def _standing(document: Document, at: dt.datetime) -> states.Standing:
    return states.standing(
        states.DocumentState(document.state),
        valid_until=document.valid_until,
        today=jalali.tehran_date(at),
    )


def _reason(document: Document) -> states.RevocationReason | None:
    return states.RevocationReason(document.revocation_reason) if document.revocation_reason else None


def _title(document: Document) -> dict[str, str]:
    return {"fa": document.title_fa, "en": document.title_en}
