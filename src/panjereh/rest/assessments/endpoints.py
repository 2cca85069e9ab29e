"""Closed assessments: the list, and one with every answer."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from panjereh.domain.evaluation import api as evaluation
from panjereh.rest.assessments.shapes import AssessmentPage, AssessmentResult
from panjereh.rest.operation import Call, operation
from panjereh.rest.reading import AFTER, LIMIT, limit_in, page_of, place_in
from panjereh_kernel.refusal import NotFound


@operation(
    name="listIndexAssessments",
    about=gettext_noop("Closed assessments of portals"),
    gives=AssessmentPage,
    query=(AFTER, LIMIT),
    is_public=True,
)
def assessments(call: Call) -> dict[str, Any]:
    """List the closed assessments, the last opened first."""
    place = place_in(call)
    found = evaluation.closed_assessments(limit=limit_in(call) + 1, before=UUID(place) if place else None)
    return page_of(call, found, key=lambda each: str(each.id), write=_assessment)


@operation(
    name="readIndexAssessment",
    about=gettext_noop("A closed assessment with its answers, evidence and effects"),
    gives=AssessmentResult,
    refuses=(NotFound,),
    is_public=True,
)
def assessment(call: Call, assessment_id: UUID) -> dict[str, Any]:  # noqa: ARG001 -- nothing is asked of it
    """Tell what one closed assessment found."""
    found = evaluation.closed_assessment(assessment_id)
    score = found.result.score
    effects = {each.asked.code: each for each in found.result.effects}
    return {
        "assessment": _assessment(found.assessment),
        "edition": found.result.edition,
        "score": score.value,
        "applicable": score.applicable,
        "reachable": score.reachable,
        "weights": score.weight_state.value,
        "disagreement": found.disagreement,
        "questions": found.result.questions,
        "answers": [_answer(each, effects.get(each.question.asked.code)) for each in found.answers],
    }


def _assessment(found: evaluation.ClosedAssessment) -> dict[str, Any]:
    path = reverse("rest:index_assessment", args=[found.id])
    return {
        "id": str(found.id),
        "question_set": found.question_set,
        "country": found.iso3,
        "city": found.city,
        "portals": list(found.addresses),
        "tolerance": float(found.tolerance),
        "closed_at": found.closed_at,
        "answers": f"{settings.PANJEREH.public_url}{path}",
    }


def _answer(answer: evaluation.FinalAnswer, effect: evaluation.Effect | None) -> dict[str, Any]:
    asked = answer.question.asked
    return {
        "code": asked.code,
        "part": asked.part,
        "question": dict(answer.question.title),
        "effort": asked.effort,
        "answer": answer.reply.value,
        "decided_by_a_third": answer.is_settled,
        "evidence": list(answer.evidence),
        "effect": effect
        and {
            "score": effect.score,
            "index": effect.index,
            "places": effect.places,
            "participation_places": effect.epi_places,
        },
    }
