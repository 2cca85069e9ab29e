"""The only way to a row of the room."""

import hmac
from uuid import UUID

from panjereh.domain.documents.models import Document
from panjereh.domain.documents.rules.states import SIGNED_STATES
from panjereh.plumbing import sealing, sql
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound

_HEAVY = ("sealed_pdf", "sealed_data")
_LIGHT_COLUMNS = tuple(
    field.attname
    for field in Document._meta.concrete_fields  # noqa: SLF001 -- Django's public API
    if field.attname not in _HEAVY
)
_OF_CASE = f"""
SELECT {", ".join(_LIGHT_COLUMNS)} FROM documents_document
WHERE case_id = %s AND subject_id = %s ORDER BY id DESC LIMIT 1
"""  # noqa: S608 -- our own columns
CODE_FIELD, DATA_FIELD, FILE_FIELD = "documents.check_code", "documents.data", "documents.pdf"


def code_index(serial: str, code: str) -> bytes:
    """Return what is kept of a check code. It is bound to its number, so equal codes do not look equal."""
    return sealing.blind_index(CODE_FIELD, f"{serial}#{code}")


def own_documents(actor: Actor) -> list[Document]:
    """Return the documents of the acting person, newest first; without the sealed file."""
    if actor.subject_id is None:
        return []
    rows = Document.objects.filter(subject_id=actor.subject_id).defer("sealed_pdf", "sealed_data")
    return list(rows.order_by("-id"))


def own_document_of_case(case_id: UUID, *, actor: Actor) -> Document | None:
    """Return the acting person's newest document of a case; without the sealed file."""
    row = sql.row(_OF_CASE, [case_id, actor.subject_id]) if actor.subject_id else None
    return Document.from_db("default", _LIGHT_COLUMNS, row) if row else None


def visible_document(document_id: UUID, *, actor: Actor) -> Document:
    """Return a document its holder or the platform itself reads. Raises `NotFound` for everybody else."""
    document = Document.objects.filter(id=document_id).first()
    if document is None or not (actor.role is Role.SYSTEM or document.subject_id == actor.subject_id):
        raise NotFound
    return document


def document_for_job(document_id: UUID) -> Document:
    """Return a document for the platform's own work. Raises `NotFound`."""
    document = Document.objects.filter(id=document_id).first()
    if document is None:
        raise NotFound
    return document


def lock_for_job(document_id: UUID) -> Document:
    """Return a document for the platform's own work, locked. Raises `NotFound`."""
    document = Document.objects.select_for_update().filter(id=document_id).first()
    if document is None:
        raise NotFound
    return document


def document_by_code(serial: str, code: str) -> Document | None:
    """Return the signed document with this number, for somebody who has its code, None otherwise."""
    document = Document.objects.filter(serial=serial, state__in=SIGNED_STATES).first()
    expected = bytes(document.check_code_index or b"") if document else b""
    # Compared either way, so that the time of the answer does not tell whether the number exists.
    return document if hmac.compare_digest(expected, code_index(serial, code)) else None


def document_by_fingerprint(sha256: bytes) -> Document | None:
    """Return the document whose file has this SHA-256, for somebody who has the file, None otherwise."""
    return Document.objects.filter(pdf_sha256=sha256, state__in=SIGNED_STATES).first()


def document_of_case(case_id: UUID, template: str) -> Document | None:
    """Return the document a case already asked for from this template."""
    return Document.objects.filter(case_id=case_id, template=template).first()


def data_of(document: Document) -> str:
    """Return the unsealed data of a document, canonical JSON."""
    return sealing.unseal(document.subject_id, DATA_FIELD, bytes(document.sealed_data))
