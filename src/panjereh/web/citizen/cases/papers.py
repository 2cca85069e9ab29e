"""Papers of a case: what was answered and by whom, and the receipt of its submission."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.plumbing import edge, pages
from panjereh.web.citizen.cases import facts, shown
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel.actor import Role


@require_safe
def answers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show what the person answered and what the registers said."""
    return _paper(request, case_id, "cases/answers.html")


@require_safe
def receipt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the receipt of a submission, to be kept or printed."""
    return _paper(request, case_id, "cases/receipt.html")


def _paper(request: HttpRequest, case_id: UUID, template: str) -> HttpResponse:
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.path))
    view = casework.case(case_id, actor=actor)
    if view.submitted_at is None:
        # There is nothing to show yet: the draft leads to its next question.
        return redirect("citizen:case", case_id=case_id)
    return render(request, template, _context(view))


def _context(view: casework.CaseView) -> dict[str, Any]:
    pack = catalogue.pack(view.service_id, view.pack_version)
    return {
        "case": view,
        "title": pages.either(pack.title),
        "owner": pages.either(directory.agency(pack.owner).name),
        "answers": shown.answers_of(view, pack),
        "facts": facts.facts_of(view, pack),
    }
