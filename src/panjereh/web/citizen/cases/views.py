"""Each view translates a request into one call through a door, and the answer back."""

import datetime as dt
from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.documents import api as documents
from panjereh.plumbing import edge
from panjereh.web.citizen.cases import shown
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound

PAGE = 20
OPEN = (casework.CaseState.DRAFT, casework.CaseState.GATHERING, casework.CaseState.READY)
WAITING = (casework.CaseState.GATHERING, casework.CaseState.SUBMITTED, casework.CaseState.GRANTED)


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the person's cases, newest first."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    rows = casework.cases_of(actor=actor, before=_before(request), limit=PAGE + 1)
    context = {
        "rows": [shown.summary(row) for row in rows[:PAGE]],
        "older": rows[PAGE - 1].id if len(rows) > PAGE else None,
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


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, case_id: UUID, page_id: str) -> HttpResponse:
    """Ask one question; save the answer and go on to the registers or to the next question."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.path))
    view = casework.case(case_id, actor=actor)
    pack = catalogue.pack(view.service_id, view.pack_version)
    page = casework.page_of(pack, page_id)
    if view.state not in OPEN:
        # The back button, or a second tab: what was submitted is no longer asked.
        return redirect("citizen:case", case_id=case_id)
    if request.method != "POST":
        return _question(request, view, pack, page, answers=view.answers, faults={})
    typed = {field.id: request.POST.get(field.id, "") for field in page.fields}
    try:
        casework.save_page(
            case_id, page_id=page_id, typed=typed, act_id=edge.new_id(), actor=actor, at=edge.now()
        )
    except casework.AnswersInvalid as refusal:
        return _question(request, view, pack, page, answers=typed, faults=refusal.faults)
    following = shown.page_after(pack, page)
    if following is not None:
        return redirect("citizen:question", case_id=case_id, page_id=following.id)
    # A page before this one may have been passed over by its address: the case leads back to it.
    with suppress(casework.CaseStepImpossible):
        casework.gather_facts(
            case_id, fact_id=edge.new_id(), act_id=edge.new_id(), actor=actor, at=edge.now()
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
        return redirect("citizen:question", case_id=case_id, page_id=shown.page_to_answer(view, pack).id)
    template = {
        casework.CaseState.GATHERING: "cases/gathering.html",
        casework.CaseState.READY: "cases/review.html",
    }.get(view.state, "cases/case.html")
    context = shown.case(view, pack, on=jalali.tehran_date(edge.now()))
    return render(request, template, context | {"document": _document_of(view, actor)})


@require_POST
def submit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Submit a case that has been looked over."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(reverse("citizen:case", args=[case_id])))
    try:
        casework.submit_case(
            case_id,
            act_id=edge.new_id(),
            actor=actor,
            at=edge.now(),
            seen_at=_seen_at(request.POST.get("seen", "")),
        )
    except casework.CaseStepImpossible:
        # A double click, the back button or a second tab: the case page says where it stands now.
        return redirect("citizen:case", case_id=case_id)
    return redirect("citizen:case", case_id=case_id)


def _question(
    request: HttpRequest,
    view: casework.CaseView,
    pack: catalogue.Pack,
    page: catalogue.Page,
    *,
    answers: dict[str, str],
    faults: dict[str, str],
) -> HttpResponse:
    context = {
        "case": view,
        "pack": pack,
        "page": page,
        "number": pack.pages.index(page) + 1,
        "answers": answers,
        "errors": [(field, shown.fault_sentence(fault)) for field, fault in faults.items()],
    }
    return render(request, "cases/question.html", context, status=422 if faults else 200)


def _document_of(view: casework.CaseView, actor: Actor) -> documents.DocumentView | None:
    if view.state is not casework.CaseState.ISSUED:
        return None
    return documents.document_of_case(view.id, actor=actor, at=edge.now())


def _seen_at(text: str) -> dt.datetime:
    """Return when the answers looked over were saved; what is no instant is the time of no answers."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def _before(request: HttpRequest) -> UUID | None:
    """Return the place to go on from. Raises `NotFound` for what is no identifier."""
    text = request.GET.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound from error
