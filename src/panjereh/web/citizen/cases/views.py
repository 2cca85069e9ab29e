"""The list of cases, and one case where it stands."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.documents import api as documents
from panjereh.plumbing import edge
from panjereh.web.citizen.cases import facts, shown
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound

PAGE = 20
WAITING = (casework.CaseState.GATHERING, casework.CaseState.SUBMITTED, casework.CaseState.GRANTED)
# A register that is well answers within seconds; after this the page says which one does not.
SILENT_AFTER = dt.timedelta(seconds=20)


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the person's cases, newest first."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    rows = casework.cases_of(actor=actor, before=_before(request), limit=PAGE + 1)
    older = f"{reverse('citizen:cases')}?before={rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    context = {
        "rows": [shown.summary(row) for row in rows[:PAGE]],
        "older": older,
        "is_first": "before" not in request.GET,
    }
    return render(request, "cases/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, service_id: str) -> HttpResponse:
    """Start an application, or lead to the sign-in that it needs, or back to the service's page."""
    actor = edge.actor_of(request)
    service_page = reverse("public:service", args=[service_id])
    if request.method != "POST":
        return redirect(service_page)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(service_page))
    case_id = casework.start_case(
        edge.new_id(),
        service_id=service_id,
        tracking_code=edge.draw_tracking_code(),
        act_id=edge.new_id(),
        actor=actor,
        at=edge.now(),
    )
    return redirect("citizen:case", case_id=case_id)


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a case where it stands: its next question, what it waits for, the review, or the case itself."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.path))
    view = casework.case(case_id, actor=actor)
    if view.state in WAITING and edge.wait_until(
        lambda: casework.case_state(case_id, actor=actor) not in WAITING
    ):
        view = casework.case(case_id, actor=actor)
    pack = catalogue.pack(view.service_id, view.pack_version)
    if view.state is casework.CaseState.DRAFT:
        page = shown.page_to_answer(view, pack) or casework.pages_to_answer(pack, view.answers)[-1]
        return redirect("citizen:question", case_id=case_id, page_id=page.id)
    if view.state is casework.CaseState.GATHERING:
        return render(request, "cases/gathering.html", _gathering(view, pack))
    if view.state is casework.CaseState.READY:
        return render(request, "cases/review.html", _review(request, view, pack))
    context = shown.case(view, pack, on=jalali.tehran_date(edge.now()))
    return render(request, "cases/case.html", context | {"document": _document_of(view, actor)})


def _gathering(view: casework.CaseView, pack: catalogue.Pack) -> dict[str, Any]:
    known = facts.facts_of(view, pack)
    is_denied = any(each.state == "denied" for each in known)
    silent = [each for each in known if each.state == "asked" and edge.now() - each.asked_at >= SILENT_AFTER]
    return {
        "case": view,
        "facts": known,
        "following": facts.not_yet_asked(view, pack),
        "step": shown.step_of(view, pack),
        "silent": silent,
        "is_denied": is_denied,
        # Where a register declined, the next step is the person's: no limit runs.
        "late": not is_denied and shown.is_late(view, on=jalali.tehran_date(edge.now())),
        "patience": int(casework.PATIENCE.total_seconds() // 60),
    }


def _review(request: HttpRequest, view: casework.CaseView, pack: catalogue.Pack) -> dict[str, Any]:
    return {
        "case": view,
        "answers": shown.answers_of(view, pack),
        "facts": facts.facts_of(view, pack),
        "is_back": "again" in request.GET,
    }


def _document_of(view: casework.CaseView, actor: Actor) -> documents.DocumentView | None:
    if view.state not in (casework.CaseState.ISSUED, casework.CaseState.GRANTED):
        return None
    return documents.document_of_case(view.id, actor=actor, at=edge.now())


def _before(request: HttpRequest) -> UUID | None:
    """Return the place to go on from. Raises `NotFound` for what is no identifier."""
    text = request.GET.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound from error
