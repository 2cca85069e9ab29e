"""The rows of `evaluation` in the table of doors."""

from decimal import Decimal
from typing import Any

from panjereh.domain.evaluation import api as evaluation
from panjereh_kernel.actor import Actor
from tests.platform.access.answers import ABSENT, Operation
from tests.platform.access.country import AT, Country
from tests.platform.people.desk import fresh_id


def open_one(_of: Country, who: Actor) -> Any:
    return evaluation.open_assessment(
        fresh_id(),
        question_set="osi-2024",
        iso3="IRN",
        addresses=["https://portal.example/"],
        assessors=(fresh_id(), fresh_id()),
        tolerance=Decimal("0.05"),
        actor=who,
        at=AT,
    )


ACTING = (
    # of officers in their seats, who are none of these: what they may is in evaluation/test_assessments.py
    Operation("evaluation.open_assessment", open_one, ABSENT, ABSENT, ABSENT, ABSENT),
    Operation(
        "evaluation.answer_question",
        lambda _, who: evaluation.answer_question(
            fresh_id(), "004", reply=evaluation.Reply.NO, actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "evaluation.reconcile_answer",
        lambda _, who: evaluation.reconcile_answer(
            fresh_id(), "004", reply=evaluation.Reply.NO, reason="x", actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "evaluation.hand_over_seat",
        lambda _, who: evaluation.hand_over_seat(
            fresh_id(), evaluation.Seat.A, to=fresh_id(), reason="x", actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "evaluation.request_look",
        lambda _, who: evaluation.request_look(fresh_id(), look_id=fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "evaluation.assessment_sheet",
        lambda _, who: evaluation.assessment_sheet(fresh_id(), "004", actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "evaluation.assessments",
        lambda _, who: evaluation.assessments(actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "evaluation.close_assessment",
        lambda _, who: evaluation.close_assessment(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "evaluation.assessment",
        lambda _, who: evaluation.assessment(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "evaluation.assessment_result",
        lambda _, who: evaluation.assessment_result(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "evaluation.assessment_part",
        lambda _, who: evaluation.assessment_part(fresh_id(), "IF", actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
)  # fmt: skip
PUBLIC = {"evaluation.closed_assessment", "evaluation.closed_assessments", "evaluation.questions_by_code"}
PURE = {"evaluation.parse_checks"}
WORK = {"evaluation.look_at_address"}
