"""The form of a draft: one question on a page, the registers' answers looked over, the submission."""

import datetime as dt
from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.plumbing import edge
from panjereh.web import installation
from panjereh.web.citizen.cases import facts, shown
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel.actor import Role
from panjereh_kernel.refusal import NotFound

OPEN = (casework.CaseState.DRAFT, casework.CaseState.GATHERING, casework.CaseState.READY)
# Put into the address somebody comes back to whose session had run out: what they sent was not kept.
AGAIN = "?again"


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, case_id: UUID, page_id: str) -> HttpResponse:
    """Ask one question; save the answer and go on to the next one or to the registers."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.path + (AGAIN if request.method == "POST" else "")))
    view = casework.case(case_id, actor=actor)
    pack = catalogue.pack(view.service_id, view.pack_version)
    page = casework.page_of(pack, page_id)
    if view.state not in OPEN or page not in casework.pages_to_answer(pack, view.answers):
        # The back button or a second tab: what was submitted, or is no longer needed, is not asked.
        return redirect("citizen:case", case_id=case_id)
    if request.method != "POST":
        return _question(request, view, pack, page, answers=view.answers, faults={})
    typed = {field.id: request.POST.get(field.id, "") for field in page.fields}
    try:
        casework.save_page(
            case_id,
            page_id=page_id,
            typed=typed,
            installation=installation.here(),
            act_id=edge.new_id(),
            actor=actor,
            at=edge.now(),
        )
    except casework.AnswersInvalid as refusal:
        return _question(request, view, pack, page, answers=typed, faults=refusal.faults)
    # While a question of the form is open the case leads to it.
    with suppress(casework.CaseStepImpossible):
        casework.gather_facts(
            case_id, fact_id=edge.new_id(), act_id=edge.new_id(), actor=actor, at=edge.now()
        )
    return redirect("citizen:case", case_id=case_id)


@require_POST
def submit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Submit a case that has been looked over."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(reverse("citizen:case", args=[case_id]) + AGAIN))
    # A double click, the back button or a second tab: the case page says where it stands now.
    with suppress(casework.CaseStepImpossible):
        casework.submit_case(
            case_id,
            act_id=edge.new_id(),
            actor=actor,
            at=edge.now(),
            seen_at=_seen_at(request.POST.get("seen", "")),
        )
    return redirect("citizen:case", case_id=case_id)


@require_safe
def wrong(request: HttpRequest, case_id: UUID, evidence_id: str) -> HttpResponse:
    """Say what to do about a wrong record: who holds it, who corrects it, and that the draft waits."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.path))
    view = casework.case(case_id, actor=actor)
    pack = catalogue.pack(view.service_id, view.pack_version)
    if view.state is not casework.CaseState.READY:
        return redirect("citizen:case", case_id=case_id)
    fact = next((each for each in facts.facts_of(view, pack) if each.evidence == evidence_id), None)
    if fact is None:
        raise NotFound
    places = [each for each in pack.remedies if each.agency == fact.holder_id]
    context = {"case": view, "fact": fact, "place": places[0].where if places else None}
    return render(request, "cases/wrong.html", context)


@require_POST
def ask_again(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask the registers anew, after a record was corrected."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(reverse("citizen:case", args=[case_id])))
    with suppress(casework.CaseStepImpossible):
        casework.gather_again(
            case_id,
            fact_id=edge.new_id(),
            back_id=edge.new_id(),
            act_id=edge.new_id(),
            actor=actor,
            at=edge.now(),
        )
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
    asked = casework.pages_to_answer(pack, view.answers)
    number, total = shown.place_of(page, asked, pack)
    context = {
        "case": view,
        "pack": pack,
        "page": page,
        "number": number,
        "total": total,
        "back": _back(view, asked, number),
        "answers": answers,
        "errors": [(field, shown.fault_sentence(fault, answers[field])) for field, fault in faults.items()],
        "is_back": "again" in request.GET and not faults,
    }
    return render(request, "cases/question.html", context, status=422 if faults else 200)


def _back(view: casework.CaseView, asked: tuple[catalogue.Page, ...], number: int) -> tuple[str, str]:
    """Return where a question was come to from, and the words for it."""
    if view.state is not casework.CaseState.DRAFT:
        return reverse("citizen:case", args=[view.id]), _("Back to looking it over")
    if number > 1:
        return reverse("citizen:question", args=[view.id, asked[number - 2].id]), _(
            "Back to the question before"
        )
    return reverse("citizen:cases"), _("Back to my cases")


def _seen_at(text: str) -> dt.datetime:
    """Return when the answers looked over were saved; what is no instant is the time of no answers."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
