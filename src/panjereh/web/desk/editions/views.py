"""Look at proposed editions, propose one from a file, and decide about what another operator proposed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import edge
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.desk.editions import forms, shown
from panjereh.web.desk.editions.files import OPERATOR, PURPOSE
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh_kernel.refusal import NotFound

PAGE = 20
# Of what a file changes, and of what is wrong with it.
LINES = 50
UNPROCESSABLE = 422


@require_safe
@desk_page(OPERATOR)
def editions(request: HttpRequest, who: Officer) -> HttpResponse:
    """Show what was proposed, the latest first, a page at a time."""
    before = _id(request.GET["before"]) if request.GET.get("before") else None
    if request.GET.get("before") and before is None:
        raise NotFound
    found = indices.proposals(actor=who.actor(purpose=PURPOSE), at=edge.now(), limit=PAGE + 1, before=before)
    context = {
        "rows": shown.rows(found[:PAGE], viewer=who.subject_id),
        "is_first": before is None,
        "older": str(found[PAGE - 1].id) if len(found) > PAGE else "",
    }
    return show(request, who, "editions/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(OPERATOR)
def new_edition(request: HttpRequest, who: Officer) -> HttpResponse:
    """Take a file; with a fault in it nothing is kept and every fault is told by its line."""
    errors: dict[str, str] = {}
    faults: Sequence[indices.Fault] = ()
    proposal_id = _id(request.POST.get("proposal", "")) or edge.new_id()
    if request.method == "POST":
        errors, faults = _propose(proposal_id, request, who)
        if not errors:
            return redirect("desk:edition", proposal_id=proposal_id)
    context = {
        "errors": errors,
        "faults": shown.faults(faults[:LINES]),
        "more_faults": max(0, len(faults) - LINES),
        "typed": request.POST,
        "proposal_id": proposal_id,
        "indices": list(shown.known_indices().items()),
        "sources": list(shown.known_sources().items()),
    }
    return show(request, who, "editions/new.html", context, status=UNPROCESSABLE if errors else 200)


@require_safe
@desk_page(OPERATOR)
def edition(request: HttpRequest, who: Officer, proposal_id: UUID) -> HttpResponse:
    """Show what a proposal would change; another operator decides here."""
    return _page(request, who, proposal_id, errors={})


@require_POST
@desk_page(OPERATOR, is_grave=True)
def accept(request: HttpRequest, who: Officer, proposal_id: UUID) -> HttpResponse:  # noqa: ARG001 -- a form of one button
    """Take in what another operator proposed, by somebody who has just proven themself."""
    indices.accept_edition(proposal_id, actor=who.actor(purpose=PURPOSE), at=edge.now())
    return redirect("desk:edition", proposal_id=proposal_id)


@require_POST
@desk_page(OPERATOR)
def turn_down(request: HttpRequest, who: Officer, proposal_id: UUID) -> HttpResponse:
    """Turn down what another operator proposed, with the reason."""
    reason = request.POST.get("reason", "")
    if reason not in {str(each) for each in shown.REASONS}:
        return _page(request, who, proposal_id, errors={"reason": _("Choose a reason.")})
    indices.turn_down_edition(
        proposal_id,
        reason=indices.TurnDownReason(reason),
        actor=who.actor(purpose=PURPOSE),
        at=edge.now(),
    )
    return redirect("desk:edition", proposal_id=proposal_id)


def _page(request: HttpRequest, who: Officer, proposal_id: UUID, *, errors: dict[str, str]) -> HttpResponse:
    at = edge.now()
    view = indices.proposal(proposal_id, actor=who.actor(purpose=PURPOSE), at=at)
    restated, findings = view.report["restated"], view.report["findings"]
    of_restated, of_findings = _place(request, "restated", restated), _place(request, "findings", findings)
    context: dict[str, Any] = {
        "proposal": shown.one(view, viewer=who.subject_id),
        "restated": shown.restated(restated[of_restated : of_restated + LINES]),
        "restated_next": _next(of_restated, restated),
        "restated_from": of_restated,
        "findings": shown.findings(findings[of_findings : of_findings + LINES]),
        "findings_next": _next(of_findings, findings),
        "findings_from": of_findings,
        "reasons": shown.reasons(),
        "errors": errors,
        "is_fresh": who.is_fresh(at),
    }
    return show(request, who, "editions/edition.html", context, status=UNPROCESSABLE if errors else 200)


def _propose(
    proposal_id: UUID, request: HttpRequest, who: Officer
) -> tuple[dict[str, str], Sequence[indices.Fault]]:
    """Propose an edition; return what stands against it, by field, and the faults of the file."""
    wish, errors = forms.read_wish(request, known=shown.known_indices(), sources=shown.known_sources())
    if wish is None:
        return errors, ()
    try:
        indices.propose_edition(
            proposal_id,
            index=wish.index,
            edition=wish.edition,
            content=wish.content,
            source=wish.source,
            method=wish.method,
            actor=who.actor(purpose=PURPOSE),
            at=edge.now(),
        )
    except indices.EditionFaulty as refusal:
        return {"file": sentence_of(refusal)}, refusal.faults
    except (indices.EditionSaysTheSame, indices.ProposalWaits) as refusal:
        return {"file": sentence_of(refusal)}, ()
    return {}, ()


def _place(request: HttpRequest, name: str, those: Sequence[Any]) -> int:
    """Return where a page of a list begins. Raises `NotFound` for what is no place of it."""
    text = request.GET.get(name, "")
    if not text:
        return 0
    if not (
        text.isascii() and text.isdigit() and len(text) <= len(str(len(those))) and int(text) < len(those)
    ):
        raise NotFound
    return int(text)


def _next(place: int, those: Sequence[Any]) -> int:
    return place + LINES if place + LINES < len(those) else 0


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
