"""What closed assessments found: their score, what each open question costs, and where it is seen."""

import csv
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panjereh.domain.evaluation import api as evaluation
from panjereh.plumbing import pages
from panjereh.web.oversight.assessments import shown, words
from panjereh.web.oversight.indices import words as index_words
from panjereh_kernel.refusal import NotFound

PAGE = 20
COLUMNS = (
    *("code", "part", "question_fa", "question_en", "answer", "decided_by_a_third", "effort"),
    *("adds_to_score", "adds_to_index", "places", "participation_places", "evidence", "evidence_2"),
)


@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """List the closed assessments, the last opened first, a page at a time."""
    before = _id(request.GET["before"]) if "before" in request.GET else None
    found = evaluation.closed_assessments(limit=PAGE + 1, before=before)
    context = {
        "rows": [
            (
                pages.address("oversight:assessment", of=each.id, keyword="assessment_id"),
                words.title_of(each),
                _("closed on %(date)s") % {"date": pages.show_date(each.closed_at)},
            )
            for each in found[:PAGE]
        ],
        "is_first": before is None,
        "older": str(found[PAGE - 1].id) if len(found) > PAGE else "",
    }
    return render(request, "assessments/list.html", context)


@require_safe
def assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Show what one closed assessment found. Who assessed is not told."""
    found = evaluation.closed_assessment(assessment_id)
    evidence = {each.question.asked.code: each.evidence for each in found.answers}
    about = found.assessment
    context = {
        "assessment": about,
        "title": words.title_of(about),
        "country": index_words.country_names().get(about.iso3, about.iso3),
        "result": found.result,
        "disagreement": found.disagreement,
        "settled_by_third": sum(each.is_settled for each in found.answers),
        "bars": shown.part_bars(found.result.score.parts),
        "page": shown.effects_page(request, about.question_set, found.result, evidence=evidence),
        "here": request.path,
    }
    return render(request, "assessments/assessment.html", context)


@require_safe
def answers_csv(request: HttpRequest, assessment_id: UUID) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Give every answer of a closed assessment as a table."""
    found = evaluation.closed_assessment(assessment_id)
    effects = {each.asked.code: each for each in found.result.effects}
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="assessment-{assessment_id}.csv"'
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    for each in found.answers:
        writer.writerow(_row(each, effects.get(each.question.asked.code)))
    return answer


def _row(answer: evaluation.FinalAnswer, effect: evaluation.Effect | None) -> list[object]:
    asked = answer.question.asked
    adds = (effect.score, effect.index, effect.places, effect.epi_places) if effect else (None,) * 4
    evidence = (*answer.evidence, "", "")[:2]
    told = [asked.code, asked.part, answer.question.title["fa"], answer.question.title["en"]]
    return [*told, answer.reply.value, int(answer.is_settled), asked.effort, *adds, *evidence]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
