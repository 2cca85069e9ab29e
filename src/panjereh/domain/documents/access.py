"""The only way to a row of the room."""

from uuid import UUID

from django.db.models import QuerySet

from panjereh.domain.documents.models import CheckReceipt, Document, RefusalReport
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
REFERENCE_FIELD = "documents.receipt_reference"


def code_index(serial: str, code: str) -> bytes:
    """Return what is kept of a check code. It is bound to its number, so equal codes do not look equal."""
    return sealing.blind_index(CODE_FIELD, f"{serial}#{code}")


def own_documents(actor: Actor, *, limit: int, before: UUID | None) -> list[Document]:
    """Return documents of the acting person, newest first, behind the one with id `before`.

    Without the sealed file.
    """
    if actor.subject_id is None:
        return []
    rows = Document.objects.filter(subject_id=actor.subject_id).defer("sealed_pdf", "sealed_data")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


def own_document_of_case(case_id: UUID, actor: Actor) -> Document | None:
    """Return the newest document of a case that belongs to the acting person; without the sealed file."""
    row = sql.row(_OF_CASE, [case_id, actor.subject_id]) if actor.subject_id else None
    return Document.from_db("default", _LIGHT_COLUMNS, row) if row else None


def visible_document(document_id: UUID, *, actor: Actor) -> Document:
    """Return a document its holder or the platform itself reads. Raises `NotFound` for everybody else."""
    document = Document.objects.filter(id=document_id).first()
    if document is None or not (actor.role is Role.SYSTEM or document.subject_id == actor.subject_id):
        raise NotFound
    return document


def own_document(document_id: UUID, *, actor: Actor) -> Document:
    """Return a document of the acting person. Raises `NotFound` for everybody else, the platform too."""
    return _own(Document.objects.all(), document_id, actor)


def lock_own_document(document_id: UUID, *, actor: Actor) -> Document:
    """Return a document of the acting person, locked. Raises `NotFound` as `own_document` does."""
    return _own(Document.objects.select_for_update(), document_id, actor)


def _own(documents: QuerySet[Document], document_id: UUID, actor: Actor) -> Document:
    document = documents.filter(id=document_id).first()
    if document is None or actor.subject_id is None or document.subject_id != actor.subject_id:
        raise NotFound
    return document


def report_ids_of(document_id: UUID) -> set[UUID]:
    """Return the ids of the reports about a document; there are never more than a few."""
    return set(RefusalReport.objects.filter(document_id=document_id).values_list("id", flat=True))


def reports_of(document: Document) -> list[RefusalReport]:
    """Return the reports about a document, newest first."""
    return list(RefusalReport.objects.filter(document_id=document.id).order_by("-id"))


def document_for_job(document_id: UUID) -> Document:
    """Return a document for the platform's own work. Raises `NotFound`."""
    document = sql.find(Document, id=document_id)
    if document is None:
        raise NotFound
    return document


def lock_for_job(document_id: UUID) -> Document:
    """Return a document for the platform's own work, locked. Raises `NotFound`."""
    document = sql.find(Document, is_locked=True, id=document_id)
    if document is None:
        raise NotFound
    return document


def lock_to_revoke(document_id: UUID, *, actor: Actor) -> Document:
    """Return a document to be taken back, locked. Raises `NotFound` when absent, and for every person."""
    if actor.role is not Role.SYSTEM:
        raise NotFound
    return lock_for_job(document_id)


def id_of_serial(serial: str, *, actor: Actor) -> UUID:
    """Return the id of the document with a number. Raises `NotFound` when absent, and for every person."""
    found = Document.objects.filter(serial=serial).values_list("id", flat=True).first()
    if actor.role is not Role.SYSTEM or found is None:
        raise NotFound
    return found


def document_by_code(serial: str, code: str) -> Document | None:
    """Return the signed document with this number, for somebody who has its code, None otherwise."""
    document = Document.objects.filter(serial=serial, state__in=SIGNED_STATES).first()
    expected = document.check_code_index if document else None
    # Compared either way, so that the time of the answer does not tell whether the number exists.
    return document if sealing.is_indexed(expected, CODE_FIELD, f"{serial}#{code}") else None


def document_by_fingerprint(sha256: bytes) -> Document | None:
    """Return the document whose file has this SHA-256, for somebody who has the file, None otherwise."""
    return Document.objects.filter(pdf_sha256=sha256, state__in=SIGNED_STATES).first()


def document_of_case(case_id: UUID, template: str) -> Document | None:
    """Return the document a case already asked for from this template."""
    return sql.find(Document, case_id=case_id, template=template)


def data_of(document: Document) -> str:
    """Return the unsealed data of a document, canonical JSON."""
    return sealing.unseal(document.subject_id, DATA_FIELD, bytes(document.sealed_data))


def reference_index(reference: str) -> bytes:
    """Return what is kept of the reference of a check: whoever knows the reference may have the receipt."""
    return sealing.blind_index(REFERENCE_FIELD, reference)


def receipt_of(reference: str) -> CheckReceipt:
    """Return the receipt of a check, for whoever knows its reference. Raises `NotFound`."""
    receipt = CheckReceipt.objects.filter(
        reference_index__in=sealing.blind_indexes(REFERENCE_FIELD, reference)
    ).first()
    if receipt is None:
        raise NotFound
    return receipt


def lock_receipt(receipt_id: UUID) -> CheckReceipt:
    """Return a receipt for the platform's own work, locked. Raises `NotFound`."""
    receipt = CheckReceipt.objects.select_for_update().filter(id=receipt_id).first()
    if receipt is None:
        raise NotFound
    return receipt


def receipt_by_code(serial: str, code: str) -> CheckReceipt | None:
    """Return the receipt with this number, for somebody who has its code, None otherwise."""
    receipt = CheckReceipt.objects.filter(serial=serial).defer("pdf").first()
    expected = receipt.check_code_index if receipt else None
    return receipt if sealing.is_indexed(expected, CODE_FIELD, f"{serial}#{code}") else None


def receipt_by_fingerprint(sha256: bytes) -> CheckReceipt | None:
    """Return the receipt whose file has this SHA-256, for somebody who has the file, None otherwise."""
    return CheckReceipt.objects.filter(pdf_sha256=sha256).defer("pdf").first()
