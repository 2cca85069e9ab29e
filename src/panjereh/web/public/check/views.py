"""Each view translates a request into one call through the door of documents, and the answer into a page."""

import datetime as dt
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.documents import api as documents
from panjereh.plumbing import edge
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.public.check import shown
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import Refusal

_SCRIPT = Path(__file__).parent / "fill.js"
# Somebody who was shown a document and checks it: the purpose its holder reads among the accesses.
_CHECKER = Actor.anonymous("document-check")


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a number and a code; answer what our records say about that document."""
    if request.method != "POST":
        return _forms(request)
    serial, code = request.POST.get("serial", ""), request.POST.get("code", "")
    at = edge.now()
    try:
        found = documents.check_by_code(serial, code, actor=_CHECKER, address=edge.address_of(request), at=at)
    except documents.SerialNotValid as refusal:
        return _forms(request, serial=serial, code=code, number_fault=refusal)
    if found is None:
        return _result(request, shown.code_result(None), at=at, status=404)
    if isinstance(found, documents.CheckedReceipt):
        return _receipt_result(request, found, at=at)
    statement = documents.statement_of_document(
        found, way=documents.Way.CODE, reference=edge.draw_token(), at=at
    )
    return _result(request, shown.code_result(found), at=at, found=found, statement=statement)


@require_safe
def check_number(request: HttpRequest, serial: str) -> HttpResponse:
    """Ask for the code of one document: where its QR leads. A script fills the code in from the fragment."""
    try:
        return _forms(request, serial=documents.read_serial(serial))
    except documents.SerialNotValid as refusal:
        return _forms(request, serial=serial, number_fault=refusal)


@require_POST
def check_file(request: HttpRequest) -> HttpResponse:
    """Answer every check about a file. It is read in memory and not stored."""
    upload = request.FILES.get("file")
    at = edge.now()
    try:
        if upload is None:
            _refuse_if_too_long(request)
            return _forms(request, file_missing=True)
        report = documents.check_file(
            upload.read(documents.MAX_FILE_BYTES + 1),
            roots=_roots(),
            stamp_roots=_stamp_roots(),
            actor=_CHECKER,
            address=edge.address_of(request),
            at=at,
        )
    except (documents.NotPdf, documents.FileTooLarge, documents.FileEncrypted) as refusal:
        return _forms(request, file_fault=refusal)
    if report.receipt is not None:
        return _receipt_result(request, report.receipt, at=at)
    statement = documents.statement_of_file(report, reference=edge.draw_token(), at=at)
    return _result(request, shown.file_result(report), at=at, found=report.document, statement=statement)


@require_POST
def request_receipt(request: HttpRequest) -> HttpResponse:
    """Have a signed receipt made of a result this site has just shown, and lead to it."""
    at = edge.now()
    statement = documents.read_voucher(request.POST.get("statement", ""), at=at)
    documents.request_receipt(
        edge.new_id(),
        statement=statement,
        actor=_CHECKER,
        address=edge.address_of(request),
        at=at,
    )
    return redirect("public:check_receipt", reference=statement.reference)


@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the receipt of a check. While it is being made, wait a moment and let the page renew itself."""
    edge.wait_until(lambda: documents.receipt(reference).serial is not None)
    view = documents.receipt(reference)
    context = {"receipt": view, "reference": reference, "stated": shown.stated(view.statement)}
    return render(request, "check/receipt.html", context)


@require_safe
def receipt_file(request: HttpRequest, reference: str) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Give the signed receipt to be saved."""
    file = documents.receipt_file(reference)
    response = HttpResponse(file.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def fill_script(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Give the few lines that move a code from the fragment of the address into its field."""
    response = HttpResponse(_SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _result(  # everything a result page may show, each part only when there is one
    request: HttpRequest,
    result: shown.Result,
    *,
    at: dt.datetime,
    found: documents.CheckedDocument | None = None,
    statement: documents.Statement | None = None,
    status: int = 200,
) -> HttpResponse:
    reason = found.revocation_reason if found else None
    context = {
        "result": result,
        "document": found,
        "revocation_reason": documents.reason_text(reason) if reason else "",
        "at": at,
        "checked_at": shown.to_the_second(at),
        "voucher": documents.write_voucher(statement) if statement else "",
        "stated": None,
    }
    return render(request, "check/result.html", context, status=status)


def _receipt_result(
    request: HttpRequest, found: documents.CheckedReceipt, *, at: dt.datetime
) -> HttpResponse:
    context = {
        "result": shown.receipt_result(found),
        "document": None,
        "at": at,
        "checked_at": shown.to_the_second(at),
        "voucher": "",
        "stated": shown.stated(found.statement),
    }
    return render(request, "check/result.html", context)


def _forms(  # one page with both forms; whichever was sent keeps what was typed
    request: HttpRequest,
    *,
    serial: str = "",
    code: str = "",
    number_fault: Refusal | None = None,
    file_fault: Refusal | None = None,
    file_missing: bool = False,
) -> HttpResponse:
    sentence = shown.choose_a_file() if file_missing else file_fault and sentence_of(file_fault)
    context = {
        "serial": serial,
        "code": code,
        "number_error": sentence_of(number_fault) if number_fault else "",
        "file_error": sentence or "",
        "tries": documents.MAX_TRIES,
        "minutes": documents.WINDOW.seconds // 60,
    }
    status = 422 if context["number_error"] or context["file_error"] else 200
    return render(request, "check/forms.html", context, status=status)


def _refuse_if_too_long(request: HttpRequest) -> None:
    # Django drops a file beyond its own limit without a word; the length of the request still tells.
    if int(request.META.get("CONTENT_LENGTH") or 0) > documents.MAX_FILE_BYTES:
        raise documents.FileTooLarge


@cache
def _roots() -> tuple[documents.Certificate, ...]:
    return documents.read_roots(settings.PANJEREH.document_chain_file.read_bytes())


@cache
def _stamp_roots() -> tuple[documents.Certificate, ...]:
    chain = settings.PANJEREH.time_stamp_chain_file
    return documents.read_roots(chain.read_bytes()) if chain else ()
