"""The check of a document for programs: by number and code, by the digest of its file, or by the file."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from panjereh.domain.documents import api as documents
from panjereh.plumbing import edge
from panjereh.rest.document_checks import written
from panjereh.rest.frame import BodyFaulty, body_of, text_in, told
from panjereh_kernel.actor import Actor

# A program that checks a document it was shown: the purpose its holder reads among the accesses.
_CHECKER = Actor.anonymous("document-check")
_DIGEST_BYTES = 32
_LONGEST_NUMBER, _LONGEST_DIGEST, _LONGEST_VOUCHER = 40, 64, 20_000


def check(request: HttpRequest) -> HttpResponse:
    """Check a document: JSON with number and code or with a SHA-256, or the PDF itself as the body."""
    if request.content_type == "application/pdf":
        return _check_file(request)
    body = body_of(request)
    if "sha256" in body:
        return _check_digest(request, body)
    return _check_code(request, body)


def request_receipt(request: HttpRequest) -> HttpResponse:
    """Have a signed receipt made of a check, from the voucher in its answer."""
    at = edge.now()
    voucher = text_in(body_of(request), "voucher", longest=_LONGEST_VOUCHER)
    statement = documents.read_voucher(voucher, at=at)
    documents.request_receipt(
        edge.new_id(), statement=statement, actor=_CHECKER, address=edge.address_of(request), at=at
    )
    view = documents.receipt(statement.reference)
    place = reverse("rest:document_check_receipt", args=[statement.reference])
    return told(_receipt(view, statement.reference), status=202, location=place)


def receipt(request: HttpRequest, reference: str) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Tell whether a receipt is made, and where its file is."""
    return told(_receipt(documents.receipt(reference), reference))


def receipt_file(request: HttpRequest, reference: str) -> HttpResponse:  # noqa: ARG001 -- as above
    """Give the signed receipt."""
    file = documents.receipt_file(reference)
    response = HttpResponse(file.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "no-store"
    return response


def _check_code(request: HttpRequest, body: Any) -> HttpResponse:
    at = edge.now()
    found = documents.check_by_code(
        text_in(body, "number", longest=_LONGEST_NUMBER),
        text_in(body, "code", longest=_LONGEST_NUMBER),
        actor=_CHECKER,
        address=edge.address_of(request),
        at=at,
    )
    if isinstance(found, documents.CheckedReceipt):
        return told(written.of_receipt(found, way=documents.Way.CODE, at=at))
    if found is None:
        return told(written.of_nothing(way=documents.Way.CODE, at=at))
    statement = documents.statement_of_document(
        found, way=documents.Way.CODE, reference=edge.draw_token(), at=at
    )
    return told(written.of_statement(statement, found))


def _check_digest(request: HttpRequest, body: Any) -> HttpResponse:
    at = edge.now()
    digest = _digest(text_in(body, "sha256", longest=_LONGEST_DIGEST))
    found = documents.check_by_digest(digest, actor=_CHECKER, address=edge.address_of(request), at=at)
    if isinstance(found, documents.CheckedReceipt):
        return told(written.of_receipt(found, way=documents.Way.DIGEST, at=at))
    if found is None:
        return told(written.of_nothing(way=documents.Way.DIGEST, at=at, file_sha256=digest.hex()))
    statement = documents.statement_of_document(
        found,
        way=documents.Way.DIGEST,
        reference=edge.draw_token(),
        at=at,
        file_sha256=digest.hex(),
    )
    return told(written.of_statement(statement, found))


def _check_file(request: HttpRequest) -> HttpResponse:
    # Before the body is read: Django refuses a body beyond its own limit with an answer that has no code.
    if int(request.META.get("CONTENT_LENGTH") or 0) > documents.MAX_FILE_BYTES:
        raise documents.FileTooLarge
    at = edge.now()
    report = documents.check_file(
        request.body, roots=_roots(), actor=_CHECKER, address=edge.address_of(request), at=at
    )
    if report.receipt is not None:
        return told(written.of_receipt(report.receipt, way=documents.Way.FILE, at=at))
    statement = documents.statement_of_file(report, reference=edge.draw_token(), at=at)
    return told(written.of_statement(statement, report.document))


def _receipt(view: documents.ReceiptView, reference: str) -> dict[str, Any]:
    place = reverse("rest:document_check_receipt_file", args=[reference])
    return {
        "state": "ready" if view.is_kept else "dropped" if view.serial else "being-made",
        "number": view.serial,
        "file": f"{settings.PANJEREH.public_url}{place}" if view.is_kept else None,
    }


def _digest(text: str) -> bytes:
    try:
        digest = bytes.fromhex(text)
    except ValueError as error:
        raise BodyFaulty("sha256") from error
    if len(digest) != _DIGEST_BYTES:
        raise BodyFaulty("sha256")
    return digest


@cache
def _roots() -> tuple[documents.Certificate, ...]:
    return documents.read_roots(settings.PANJEREH.document_chain_file.read_bytes())
