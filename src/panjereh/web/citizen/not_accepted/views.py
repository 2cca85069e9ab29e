"""Two questions: which office, and what they said. The second answer records the report."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.documents import api as documents
from panjereh.plumbing import edge
from panjereh.web.citizen.not_accepted import shown
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel.actor import Actor, Role


@require_http_methods(["GET", "HEAD", "POST"])
def which_office(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Ask which office it was; with an answer, ask what they said."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    document = documents.document_of(document_id, actor=actor, at=edge.now())
    if document.standing is not documents.Standing.VALID:
        raise documents.DocumentNotValid
    chosen = _chosen(request)
    known = {key for key, _name in shown.organisations()}
    if request.method == "POST" and chosen.agency in known:
        return _why(request, document, chosen)
    error = _("Choose the organisation.") if request.method == "POST" else ""
    context = {
        "document": document,
        "chosen": chosen,
        "organisations": shown.organisations(),
        "error": error,
    }
    return render(request, "not_accepted/office.html", context, status=422 if error else 200)


@require_POST
def what_they_said(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Record the report and show it, or ask again what is missing."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    document = documents.document_of(document_id, actor=actor, at=edge.now())
    chosen = _chosen(request)
    report_id = _report_id(request)
    if chosen.reason not in set(documents.SaidReason) or report_id is None:
        return _why(request, document, chosen, error=_("Choose what they said."))
    _record(document_id, report_id, chosen, actor)
    return redirect("citizen:not_accepted_reports", document_id=document_id)


@require_safe
def reports(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """List the person's reports about one document, with what happens to them."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    document = documents.document_of(document_id, actor=actor, at=edge.now())
    rows = shown.report_rows(documents.reports_of(document_id, actor=actor))
    return render(request, "not_accepted/reports.html", {"document": document, "reports": rows})


def _record(document_id: UUID, report_id: UUID, chosen: shown.Chosen, actor: Actor) -> None:
    documents.report_refusal(
        report_id,
        document_id=document_id,
        agency_id=chosen.agency,
        office=chosen.office,
        reason=documents.SaidReason(chosen.reason),
        words=chosen.words,
        tracking_code=edge.draw_tracking_code(),
        actor=actor,
        at=edge.now(),
    )


def _why(
    request: HttpRequest, document: documents.DocumentView, chosen: shown.Chosen, *, error: str = ""
) -> HttpResponse:
    context = {
        "document": document,
        "chosen": chosen,
        "organisation": shown.organisation(chosen.agency),
        "reasons": shown.reasons(),
        # Drawn with the form: pressing its button twice makes one report.
        "report_id": _report_id(request) or edge.new_id(),
        "error": error,
    }
    return render(request, "not_accepted/why.html", context, status=422 if error else 200)


def _chosen(request: HttpRequest) -> shown.Chosen:
    typed = {name: request.POST.get(name, "") for name in ("agency", "office", "reason", "words")}
    return shown.Chosen(**{name: text.replace("\0", "") for name, text in typed.items()})


def _report_id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("report", ""))
    except ValueError:
        return None
