"""Two officers fill in a question list without seeing each other, a third settles, an operator closes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from panjereh.domain.audit.models import Leaf
from panjereh.domain.evaluation import api as evaluation
from panjereh.domain.evaluation.models import Answer, Assessment, Reconciled
from panjereh.domain.indices import api as indices
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound
from tests.platform.indices.conftest import HOUR
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import (
    AGENCY,
    OPERATING,
    approve,
    make_grantors,
    make_somebody,
    request,
)
from tests.platform.people.registers import AT

YES, NO = evaluation.Reply.YES, evaluation.Reply.NO
SEEN = "https://portal.example/services"
LATER = AT + HOUR


@dataclass(frozen=True)
class Team:
    """Two assessors, a third officer who sits in no seat, and two operators."""

    first: Actor
    second: Actor
    bystander: Actor
    operator: Actor
    other_operator: Actor


@pytest.fixture
def team(published: Path) -> Team:
    return Team(
        *_officers(3, role=OfficerRole.OFFICER, agency=AGENCY),
        *_officers(2, role=OfficerRole.OPERATOR, agency=OPERATING),
    )


def _officers(count: int, *, role: OfficerRole, agency: str) -> list[Actor]:
    asking, approving = (each.at_the_desk(agency) for each in make_grantors(agency=agency))
    made = [make_somebody() for _ in range(count)]
    for each in made:
        approve(request(each, by=asking, role=role, agency=agency), by=approving)
    return [each.at_the_desk(agency, role) for each in made]


def open_for(team: Team, assessors: Sequence[Actor] = (), **more: Any) -> UUID:
    assessment_id = more.pop("assessment_id", None) or fresh_id()
    first, second = assessors or (team.first, team.second)
    told: dict[str, Any] = {
        "question_set": "losi-2024",
        "iso3": "IRN",
        "city": "Tehran",
        "addresses": ["https://portal.example/"],
        "assessors": (first.subject_id, second.subject_id),
        "tolerance": Decimal("0.05"),
        "actor": team.operator,
        **more,
    }
    evaluation.open_assessment(assessment_id, at=AT, **told)
    return assessment_id


def answer(of: UUID, code: str, reply: evaluation.Reply, *, by: Actor, **more: Any) -> None:
    evidence = more.pop("evidence", SEEN if reply is YES else "")
    evaluation.answer_question(of, code, reply=reply, evidence=evidence, actor=by, at=AT, **more)


def given_to(viewer: Actor, of: UUID, code: str) -> dict[str, str]:
    sheet = evaluation.assessment_sheet(of, code, actor=viewer, at=AT)
    return {seat.value: given.reply.value for seat, given in sheet.given.items()}


def all_answered(of: UUID, team: Team, *, otherwise: frozenset[str] = frozenset()) -> None:
    """Answer everything no but `otherwise`, where the second says yes; all but one written at once."""
    row = Assessment.objects.get(id=of)
    codes = [code for each in indices.questions(row.question_set) for code in each.codes.split()]
    Answer.objects.bulk_create(
        Answer(
            assessment=row,
            seat=seat,
            code=code,
            reply="yes" if seat == "B" and code in otherwise else "no",
            evidence=SEEN,
            by=row.assessor_a if seat == "A" else row.assessor_b,
            answered_at=AT,
        )
        for seat in ("A", "B")
        for code in codes[1:]
    )
    answer(of, codes[0], NO, by=team.first)
    answer(of, codes[0], NO, by=team.second)


def test_neither_assessor_sees_the_others_answer_before_their_own(team: Team):
    of = open_for(team)

    answer(of, "204", YES, by=team.first)

    assert given_to(team.first, of, "204") == {"A": "yes"}
    assert given_to(team.second, of, "204") == {}
    assert given_to(team.operator, of, "204") == {}
    answer(of, "204", NO, by=team.second)
    for viewer in (team.first, team.second, team.operator):
        assert given_to(viewer, of, "204") == {"A": "yes", "B": "no"}


def test_the_newest_answer_counts_until_both_have_answered_and_then_it_stands(team: Team):
    of = open_for(team)
    answer(of, "204", NO, by=team.first)
    answer(of, "204", YES, by=team.first)
    answer(of, "204", YES, by=team.first)

    answer(of, "204", NO, by=team.second)

    with pytest.raises(evaluation.AnswerStands):
        answer(of, "204", NO, by=team.first)
    answer(of, "204", YES, by=team.first)  # the same again changes nothing
    rows = Answer.objects.filter(assessment_id=of, seat="A").order_by("id")
    assert [row.reply for row in rows] == ["no", "yes"]


def test_an_assessment_is_absent_for_whoever_has_no_part_in_it(team: Team):
    of = open_for(team)

    for look in (evaluation.assessment, evaluation.assessment_result):
        with pytest.raises(NotFound):
            look(of, actor=team.bystander, at=AT)
    with pytest.raises(NotFound):
        answer(of, "204", NO, by=team.bystander)
    with pytest.raises(NotFound):
        answer(of, "204", NO, by=team.operator)
    with pytest.raises(NotFound):
        answer(of, "999", NO, by=team.first)
    with pytest.raises(NotFound):
        answer(fresh_id(), "204", NO, by=team.first)
    with pytest.raises(NotFound):
        evaluation.assessment_sheet(of, "999", actor=team.first, at=AT)
    assert evaluation.assessments(actor=team.bystander, at=AT) == []
    assert [each.id for each in evaluation.assessments(actor=team.first, at=AT)] == [of]
    assert [each.id for each in evaluation.assessments(actor=team.operator, at=AT)] == [of]


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"question_set": "none-2024"}, "question_set", "unknown"),
        ({"city": ""}, "city", "missing"),
        ({"city": "x" * 61}, "city", "too-long"),
        ({"question_set": "osi-2024"}, "city", "unknown"),
        ({"addresses": []}, "addresses", "no-address"),
        ({"addresses": ["ftp://portal.example/"]}, "addresses", "no-address"),
        ({"addresses": ["http://[portal/"]}, "addresses", "no-address"),
        ({"tolerance": Decimal("1.1")}, "tolerance", "out-of-range"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused_with_the_reason(
    team: Team, wrong: dict[str, Any], field: str, why: str
):
    with pytest.raises(evaluation.AssessmentImpossible) as refused:
        open_for(team, **wrong)

    assert (refused.value.field, refused.value.why) == (field, why)
    assert not Assessment.objects.exists()


def test_one_person_does_not_sit_in_both_seats(team: Team):
    with pytest.raises(evaluation.AssessmentImpossible):
        open_for(team, (team.first, team.first))

    of = open_for(team)
    with pytest.raises(IntegrityError, match="two_assessors"), transaction.atomic():
        Assessment.objects.filter(id=of).update(assessor_b=team.first.subject_id)


def test_only_an_operator_opens_and_twice_is_once(team: Team):
    with pytest.raises(NotFound):
        open_for(team, actor=team.first)

    of = open_for(team)
    open_for(team, assessment_id=of)

    assert Assessment.objects.count() == 1


def test_a_yes_says_where_it_is_seen(team: Team):
    of = open_for(team)

    for evidence, why in (("", "missing"), ("javascript:alert(1)", "no-address")):
        with pytest.raises(evaluation.AssessmentImpossible) as refused:
            answer(of, "204", YES, by=team.first, evidence=evidence)
        assert (refused.value.field, refused.value.why) == ("evidence", why)
    with pytest.raises(evaluation.AssessmentImpossible):
        answer(of, "204", NO, by=team.first, note="x" * 501)


def test_a_third_settles_what_they_differ_on_once_and_with_a_reason(team: Team):
    of = open_for(team)
    answer(of, "204", YES, by=team.first)
    answer(of, "204", NO, by=team.second)
    answer(of, "205", NO, by=team.first)

    with pytest.raises(evaluation.AssessmentImpossible):
        settle(of, "204", team.operator, reason=" ")
    settle(of, "204", team.operator)

    for code in ("204", "205"):
        with pytest.raises(evaluation.NothingToReconcile):
            settle(of, code, team.operator)
    decided = evaluation.assessment_sheet(of, "204", actor=team.first, at=AT).settlement
    assert decided == evaluation.Settlement(YES, "It adapts to the screen.", LATER)


def settle(of: UUID, code: str, by: Actor, *, reason: str = "It adapts to the screen.") -> None:
    evaluation.reconcile_answer(of, code, reply=YES, reason=reason, actor=by, at=LATER)


def test_an_assessor_settles_nothing_even_as_an_operator(team: Team):
    of = open_for(team, (team.first, team.other_operator))
    row = Assessment.objects.get(id=of)

    # Who sits in a seat acts from it: as an operator there is nothing to be seen.
    for act in (
        lambda: settle(of, "204", team.other_operator),
        lambda: evaluation.close_assessment(of, actor=team.other_operator, at=AT),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(evaluation.NeedsThirdEyes):
        settle(of, "204", team.first)
    with pytest.raises(evaluation.NeedsThirdEyes):
        evaluation.close_assessment(of, actor=team.first, at=AT)
    told = {"assessment": row, "code": "204", "reply": "no", "reason": "x", "reconciled_at": AT}
    third = {"assessor_a": row.assessor_a, "assessor_b": row.assessor_b, "by": row.assessor_a}
    with pytest.raises(IntegrityError, match="third_eyes"), transaction.atomic():
        Reconciled.objects.create(**told, **third)
    # Nor by saying that others were the assessors.
    with pytest.raises(IntegrityError, match="of_its_assessors"), transaction.atomic():
        Reconciled.objects.create(**told, **third | {"assessor_a": fresh_id()})


def test_an_assessment_closes_once_every_question_has_its_answer(team: Team):
    of = open_for(team)
    all_answered(of, team, otherwise=frozenset({"204", "205"}))
    with pytest.raises(evaluation.AssessmentUnfinished) as refused:
        evaluation.close_assessment(of, actor=team.operator, at=AT)
    assert refused.value.facts() == {"count": 2}
    view, progress = evaluation.assessment(of, actor=team.first, at=AT)
    assert (view.state, view.seat, progress.unreconciled) == ("open", "A", ("204", "205"))
    assert progress.disagreement == pytest.approx(2 / 95)
    assert progress.is_within_tolerance

    settle(of, "204", team.operator)
    settle(of, "205", team.operator)
    assert evaluation.assessment(of, actor=team.operator, at=AT)[0].state == "reconciled"
    evaluation.close_assessment(of, actor=team.operator, at=LATER)
    evaluation.close_assessment(of, actor=team.operator, at=LATER)

    assert evaluation.assessment(of, actor=team.operator, at=AT)[0].closed_at == LATER
    for act in (
        lambda: answer(of, "204", YES, by=team.first),
        lambda: settle(of, "206", team.operator),
        lambda: evaluation.request_look(of, look_id=fresh_id(), actor=team.first, at=AT),
    ):
        with pytest.raises(evaluation.AssessmentClosed):
            act()
    result = evaluation.assessment_result(of, actor=team.first, at=AT)
    assert (result.settled, result.questions, result.edition) == (95, 95, "")
    assert result.score.value == pytest.approx(2 / 95)
    assert len(result.effects) == 93


def test_more_disagreement_than_the_tolerance_is_told(team: Team):
    of = open_for(team)
    answer(of, "204", YES, by=team.first)
    answer(of, "204", NO, by=team.second)

    progress = evaluation.assessment(of, actor=team.second, at=AT)[1]

    assert (progress.disagreement, progress.is_within_tolerance) == (1.0, False)
    technology = next(each for each in progress.parts if each.part == "TEC")
    assert (technology.own, technology.both, technology.settled) == (1, 1, 0)


def test_each_no_of_a_state_says_what_it_costs_in_the_published_edition(team: Team):
    of = open_for(team, question_set="osi-2024", city="")
    for by in (team.first, team.second):
        answer(of, "043", NO, by=by)

    result = evaluation.assessment_result(of, actor=team.operator, at=AT)

    (effect,) = result.effects
    assert (result.edition, result.settled, result.questions) == ("2024", 1, 183)
    assert (effect.asked.code, effect.places) == ("043", 1)


def test_every_step_leaves_a_leaf_that_does_not_tell_the_answer(team: Team):
    of = open_for(team)
    answer(of, "204", YES, by=team.first)

    leaves = {leaf.event: leaf.facts for leaf in Leaf.objects.filter(subject=str(of)).order_by("id")}

    assert leaves.keys() == {"evaluation.assessment.opened", "evaluation.assessment.answered"}
    facts = {"question_set": "losi-2024", "code": "204", "seat": "A", "officer_agency": AGENCY}
    assert leaves["evaluation.assessment.answered"] == facts
