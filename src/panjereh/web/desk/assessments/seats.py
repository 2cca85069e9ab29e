"""Hand a seat that is left over to another officer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from panjereh.domain.evaluation import api as evaluation
from panjereh.domain.people import api as people
from panjereh.plumbing import edge
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.desk.assessments import forms
from panjereh.web.desk.assessments.views import OPERATOR, PURPOSE
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh.web.oversight.assessments import words
from panjereh_kernel.identifiers import NationalNumber
from panjereh_kernel.refusal import NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(OPERATOR)
def hand_over_seat(request: HttpRequest, who: Officer, assessment_id: UUID, seat: str) -> HttpResponse:
    """Ask who takes a seat over that is left over, and why; with both, hand it over."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    view, progress = evaluation.assessment(assessment_id, actor=actor, at=at)
    if seat not in {each.value for each in evaluation.Seat} or view.seat is not None:
        raise NotFound
    errors: dict[str, str] = {}
    if request.method == "POST":
        wish, errors = forms.read_handing_over(request.POST)
        if wish is not None:
            errors = _hand_over(assessment_id, evaluation.Seat(seat), wish, who)
            if not errors:
                return redirect("desk:assessment", assessment_id=assessment_id)
    context = {
        "assessment": view,
        "title": words.title_of(view),
        "seat": seat,
        "is_left_over": seat in view.left_over,
        "both": progress.both,
        "errors": errors,
        "typed": request.POST,
    }
    return show(request, who, "desk_assessments/hand_over.html", context, status=422 if errors else 200)


def _hand_over(
    assessment_id: UUID, seat: evaluation.Seat, wish: tuple[NationalNumber, str], who: Officer
) -> dict[str, str]:
    """Find the officer and hand the seat over; return what stands against it, by field."""
    (number, reason), actor, at = wish, who.actor(purpose=PURPOSE), edge.now()
    try:
        to = people.officer_of_number(number, actor=actor, at=at)
        evaluation.hand_over_seat(assessment_id, seat, to=to, reason=reason, actor=actor, at=at)
    except people.NoSuchOfficer as refusal:
        return {"officer": sentence_of(refusal)}
    except evaluation.AssessmentImpossible as refusal:
        return {refusal.field: forms.sentence(refusal.field, refusal.why)}
    return {}
