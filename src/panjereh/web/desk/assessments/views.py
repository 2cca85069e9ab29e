"""Look at assessments, have their portals looked at, and close one whose every question has its answer."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.evaluation import api as evaluation
from panjereh.domain.people import api as people
from panjereh.plumbing import edge
from panjereh.web.desk.assessments import shown
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh.web.oversight.assessments import shown as results
from panjereh.web.oversight.assessments import words
from panjereh.web.oversight.indices import words as index_words
from panjereh_kernel.actor import OfficerRole

PURPOSE = "portal-assessments"
OPERATOR = OfficerRole.OPERATOR
_CODE = re.compile("[0-9a-z]{1,8}")


@require_safe
@desk_page()
def assessments(request: HttpRequest, who: Officer) -> HttpResponse:
    """List the assessments the officer sits in; to an operator all."""
    found = evaluation.assessments(actor=who.actor(purpose=PURPOSE), at=edge.now())
    may_open = bool(who.post and OPERATOR in who.post.roles)
    context = {"rows": shown.tasks(found, who), "may_open": may_open}
    return show(request, who, "desk_assessments/list.html", context)


@require_safe
@desk_page()
def assessment(request: HttpRequest, who: Officer, assessment_id: UUID) -> HttpResponse:
    """Show how far an assessment is, part by part, and what is next."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    view, progress = evaluation.assessment(assessment_id, actor=actor, at=at)
    passed = progress.handed_over
    known = {*view.assessors, *(one for each in passed for one in (each.left_by, each.taken_by, each.by))}
    names = people.officer_names(known, actor=actor, at=at) if view.seat is None else {}
    context = {
        "assessment": view,
        "title": words.title_of(view),
        "country": index_words.country_names().get(view.iso3, view.iso3),
        "state": shown.state_tag(view),
        "progress": progress,
        "parts": shown.parts(progress.parts, view),
        "own": sum(each.own for each in progress.parts),
        "settled": sum(each.settled for each in progress.parts),
        "questions": sum(each.questions for each in progress.parts),
        "assessors": [shown.name(names, each) for each in view.assessors],
        "passed": shown.handed_over(passed, names) if view.seat is None else [],
        "took_over": passed[-1] if passed and view.seat else None,
        "was_looked": "looked" in request.GET,
    }
    return show(request, who, "desk_assessments/assessment.html", context)


@require_safe
@desk_page()
def part(request: HttpRequest, who: Officer, assessment_id: UUID, part: str) -> HttpResponse:
    """List the questions of one part with how each stands for whoever looks."""
    actor = who.actor(purpose=PURPOSE)
    view, found = evaluation.assessment_part(assessment_id, part, actor=actor, at=edge.now())
    context = {
        "assessment": view,
        "title": words.title_of(view),
        "part": words.part_names()[part],
        "rows": shown.questions(assessment_id, found),
    }
    return show(request, who, "desk_assessments/part.html", context)


@require_POST
@desk_page()
def look(request: HttpRequest, who: Officer, assessment_id: UUID) -> HttpResponse:
    """Have a program look at the portals; what it sees stands beside the questions once it has."""
    actor = who.actor(purpose=PURPOSE)
    evaluation.request_look(assessment_id, look_id=edge.new_id(), actor=actor, at=edge.now())
    code = request.POST.get("code", "")
    if _CODE.fullmatch(code):
        back = reverse("desk:assessment_question", args=[assessment_id, code])
    else:
        back = reverse("desk:assessment", args=[assessment_id])
    return redirect(f"{back}?looked=1")


@require_safe
@desk_page()
def result(request: HttpRequest, who: Officer, assessment_id: UUID) -> HttpResponse:
    """Show score and effects of the answers that stand so far."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    view, _progress = evaluation.assessment(assessment_id, actor=actor, at=at)
    found = evaluation.assessment_result(assessment_id, actor=actor, at=at)
    context = {
        "assessment": view,
        "title": words.title_of(view),
        "result": found,
        "bars": results.part_bars(found.score.parts),
        "page": results.effects_page(request, view.question_set, found),
        "here": request.path,
    }
    return show(request, who, "desk_assessments/result.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(OPERATOR)
def close(request: HttpRequest, who: Officer, assessment_id: UUID) -> HttpResponse:
    """Show what would become public; with the button, close the assessment for good."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    if request.method == "POST":
        evaluation.close_assessment(assessment_id, actor=actor, at=at)
        return redirect("desk:assessment", assessment_id=assessment_id)
    view, progress = evaluation.assessment(assessment_id, actor=actor, at=at)
    context = {
        "assessment": view,
        "title": words.title_of(view),
        "progress": progress,
        "result": evaluation.assessment_result(assessment_id, actor=actor, at=at),
        "may_close": view.state is evaluation.AssessmentState.RECONCILED,
    }
    return show(request, who, "desk_assessments/close.html", context)
