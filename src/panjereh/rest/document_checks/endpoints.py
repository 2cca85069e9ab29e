"""The check of a document for programs: by number and code, by the digest of its file, or by the file."""

from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from panjereh.domain.documents import api as documents
from panjereh.plumbing import edge
from panjereh.rest.document_checks import written
from panjereh.rest.document_checks.shapes import ByCode, ByDigest, Check, Receipt, Voucher
from panjereh.rest.frame import body_of, read
from panjereh.rest.operation import PDF, Call, File, Located, operation
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound

# A program that checks a document it was shown: the purpose its holder reads among the accesses.
_CHECKER = Actor.anonymous("document-check")


@operation(
    name="checkDocument",
    about=gettext_noop("Check a document"),
    detail="By number and code, by the SHA-256 of its file, or by the file itself as the body (at most 5 "
    "MiB; it is read and not kept). A wrong code and an unknown number get the same answer. Not finding "
    "anything is an answer too: `not-found`. The holder sees that the document was checked, and not by whom.",
    gives=Check,
    takes=(ByCode, ByDigest),
    takes_pdf=True,
    refuses=(
        documents.SerialNotValid,
        documents.NotPdf,
        documents.FileEncrypted,
        documents.FileTooLarge,
        documents.TooManyChecks,
        documents.ChecksBusy,
    ),
    is_repeatable=True,
)
def check(call: Call) -> dict[str, Any]:
    """Check a document: JSON with number and code or with a SHA-256, or the PDF itself as the body."""
    if call.request.content_type == PDF:
        return _check_file(call)
    body = body_of(call)
    if "sha256" in body:
        return _check_digest(call, read(body, ByDigest))
    return _check_code(call, read(body, ByCode))


@operation(
    name="requestReceipt",
    about=gettext_noop("Have a signed receipt made of a check"),
    detail="From the `voucher` of its answer, within half an hour. Asking twice makes one receipt. It is "
    "being made when this is answered; `Location` tells when it is ready.",
    gives=Receipt,
    status=202,
    takes=(Voucher,),
    refuses=(documents.StatementOutOfDate, documents.TooManyChecks),
    is_repeatable=True,
)
def request_receipt(call: Call) -> Located:
    """Have a signed receipt made of a check, from the voucher in its answer."""
    statement = documents.read_voucher(read(body_of(call), Voucher).voucher, at=call.at)
    documents.request_receipt(
        edge.new_id(),
        statement=statement,
        actor=_CHECKER,
        address=edge.address_of(call.request),
        at=call.at,
    )
    view = documents.receipt(statement.reference)
    place = reverse("rest:document_check_receipt", args=[statement.reference])
    return Located(_receipt(view, statement.reference), place)


@operation(
    name="readReceipt",
    about=gettext_noop("Whether a receipt is made, and where its file is"),
    gives=Receipt,
    refuses=(NotFound,),
)
def receipt(call: Call, reference: str) -> dict[str, Any]:  # noqa: ARG001 -- nothing is asked of it
    """Tell whether a receipt is made, and where its file is."""
    return _receipt(documents.receipt(reference), reference)


@operation(
    name="fetchReceipt",
    about=gettext_noop("The signed receipt"),
    detail="A PDF/A with a PAdES signature; what was found is attached to it as JSON. It can be fetched for "
    "30 days and checked for ever.",
    refuses=(NotFound, documents.DocumentNotReady),
)
def receipt_file(call: Call, reference: str) -> File:  # noqa: ARG001 -- nothing is asked of it
    """Give the signed receipt."""
    file = documents.receipt_file(reference)
    return File(file.name, file.content)


def _check_code(call: Call, asked: ByCode) -> dict[str, Any]:
    at = call.at
    found = documents.check_by_code(
        asked.number,
        asked.code,
        actor=_CHECKER,
        address=edge.address_of(call.request),
        at=at,
    )
    if isinstance(found, documents.CheckedReceipt):
        return written.of_receipt(found, way=documents.Way.CODE, at=at)
    if found is None:
        return written.of_nothing(way=documents.Way.CODE, at=at)
    statement = documents.statement_of_document(
        found, way=documents.Way.CODE, reference=edge.draw_token(), at=at
    )
    return written.of_statement(statement, found)


def _check_digest(call: Call, asked: ByDigest) -> dict[str, Any]:
    at, digest = call.at, bytes.fromhex(asked.sha256)
    found = documents.check_by_digest(digest, actor=_CHECKER, address=edge.address_of(call.request), at=at)
    if isinstance(found, documents.CheckedReceipt):
        return written.of_receipt(found, way=documents.Way.DIGEST, at=at)
    if found is None:
        return written.of_nothing(way=documents.Way.DIGEST, at=at, file_sha256=digest.hex())
    statement = documents.statement_of_document(
        found,
        way=documents.Way.DIGEST,
        reference=edge.draw_token(),
        at=at,
        file_sha256=digest.hex(),
    )
    return written.of_statement(statement, found)


def _check_file(call: Call) -> dict[str, Any]:
    # Before the body is read: Django refuses a body beyond its own limit with an answer that has no code.
    if int(call.request.META.get("CONTENT_LENGTH") or 0) > documents.MAX_FILE_BYTES:
        raise documents.FileTooLarge
    at = call.at
    report = documents.check_file(
        call.request.body, roots=_roots(), actor=_CHECKER, address=edge.address_of(call.request), at=at
    )
    if report.receipt is not None:
        return written.of_receipt(report.receipt, way=documents.Way.FILE, at=at)
    statement = documents.statement_of_file(report, reference=edge.draw_token(), at=at)
    return written.of_statement(statement, report.document)


def _receipt(view: documents.ReceiptView, reference: str) -> dict[str, Any]:
    place = reverse("rest:document_check_receipt_file", args=[reference])
    return {
        "state": "ready" if view.is_kept else "dropped" if view.serial else "being-made",
        "number": view.serial,
        "file": f"{settings.PANJEREH.public_url}{place}" if view.is_kept else None,
    }


@cache
def _roots() -> tuple[documents.Certificate, ...]:
    return documents.read_roots(settings.PANJEREH.document_chain_file.read_bytes())
