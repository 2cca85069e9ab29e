"""A seat whose assessor is no longer an officer passes to another, and stays as blind as it was."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from panjereh.domain.audit.models import Leaf
from panjereh.domain.evaluation import api as evaluation
from panjereh.domain.evaluation.models import Answer, Assessment, Handover
from panjereh.domain.people import api as people
from panjereh.domain.people.models import OfficerGrant
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound
from tests.platform.evaluation.test_assessments import (
    LATER,
    NO,
    YES,
    Team,
    all_answered,
    answer,
    given_to,
    open_for,
    settle,
    team,
)
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import OPERATING
from tests.platform.people.registers import AT

__all__ = ["team"]
A, B = evaluation.Seat.A, evaluation.Seat.B


def end_role(who: Actor) -> None:
    """Have the grantor who asked for the role revoke it."""
    grant = OfficerGrant.objects.get(holder_id=who.subject_id, role=OfficerRole.OFFICER)
    assert who.post is not None
    post = replace(who.post, roles=frozenset({OfficerRole.GRANTOR}))
    grantor = replace(who, subject_id=grant.requested_by, post=post)
    reason = people.RevokeReason.LEFT
    people.revoke_grant(grant.id, reason=reason, act_id=fresh_id(), actor=grantor, at=AT)


def give_role(who: Actor, *, like: Actor) -> Actor:
    """Return somebody in the role of another, with a grant like theirs."""
    grant = OfficerGrant.objects.get(holder_id=like.subject_id, state=people.GrantState.GRANTED)
    grant.id, grant.holder_id = fresh_id(), who.subject_id
    grant.save(force_insert=True)
    return replace(like, subject_id=who.subject_id)


def hand_over(of: UUID, seat: evaluation.Seat, *, to: Actor, by: Actor, reason: str = "left") -> None:
    assert to.subject_id is not None
    evaluation.hand_over_seat(of, seat, to=to.subject_id, reason=reason, actor=by, at=AT)


def left_over(of: UUID, *, viewer: Actor) -> tuple[evaluation.Seat, ...]:
    return evaluation.assessment(of, actor=viewer, at=AT)[0].left_over


def is_inherited(of: UUID, code: str, *, viewer: Actor) -> bool:
    return evaluation.assessment_sheet(of, code, actor=viewer, at=AT).given[A].is_inherited


@pytest.fixture
def left(team: Team) -> UUID:
    """An assessment whose first assessor answered two questions and left; the second answered one of them."""
    of = open_for(team)
    answer(of, "204", YES, by=team.first)
    answer(of, "205", NO, by=team.first)
    answer(of, "204", NO, by=team.second)
    answer(of, "206", YES, by=team.second)
    end_role(team.first)
    return of


def test_an_operator_sees_which_seat_is_left_over_and_the_other_assessor_does_not(team: Team, left: UUID):
    others = open_for(team, (team.second, team.bystander))

    listed = {each.id: each.left_over for each in evaluation.assessments(actor=team.operator, at=AT)}

    assert listed == {left: (A,), others: ()}
    assert left_over(left, viewer=team.second) == ()


def test_the_new_assessor_goes_on_where_the_seat_stands_and_as_blind(team: Team, left: UUID):
    hand_over(left, A, to=team.bystander, by=team.operator)

    assert left_over(left, viewer=team.operator) == ()
    assert given_to(team.bystander, left, "204") == {"A": "yes", "B": "no"}
    assert given_to(team.bystander, left, "205") == {"A": "no"}
    assert given_to(team.bystander, left, "206") == {}
    with pytest.raises(evaluation.AnswerStands):
        answer(left, "204", NO, by=team.bystander)
    answer(left, "206", NO, by=team.bystander)
    assert given_to(team.bystander, left, "206") == {"A": "no", "B": "yes"}


def test_every_answer_stands_under_the_name_of_who_gave_it(team: Team, left: UUID):
    hand_over(left, A, to=team.bystander, by=team.operator)

    answer(left, "204", YES, by=team.bystander)  # it stands: to say the same again changes nothing
    answer(left, "205", NO, by=team.bystander)  # it may still change: saying it again takes it over
    answer(left, "205", NO, by=team.bystander)

    rows = Answer.objects.filter(assessment=left, seat="A").order_by("id").values_list("code", "by")
    first, new = team.first.subject_id, team.bystander.subject_id
    assert list(rows) == [("204", first), ("205", first), ("205", new)]
    assert is_inherited(left, "204", viewer=team.operator)
    assert not is_inherited(left, "205", viewer=team.bystander)


def test_an_assessor_does_not_learn_that_the_other_seat_passed_on(team: Team, left: UUID):
    hand_over(left, A, to=team.bystander, by=team.operator)

    _view, seen = evaluation.assessment(left, actor=team.second, at=AT)
    _view, own = evaluation.assessment(left, actor=team.bystander, at=AT)
    _view, operators = evaluation.assessment(left, actor=team.operator, at=AT)

    assert seen.handed_over == ()
    assert not is_inherited(left, "204", viewer=team.second)
    assert own.handed_over == operators.handed_over
    (passed,) = operators.handed_over
    assert (passed.seat, passed.left_by, passed.reason) == (A, team.first.subject_id, "left")


def test_whoever_had_a_part_in_an_assessment_takes_no_seat_of_it(team: Team, left: UUID):
    settle(left, "204", team.other_operator)
    hand_over(left, A, to=team.bystander, by=team.operator)
    back, decider = (give_role(who, like=team.second) for who in (team.first, team.other_operator))
    end_role(team.second)

    for who in (team.bystander, back, decider):
        with pytest.raises(evaluation.AssessmentImpossible) as refused:
            hand_over(left, B, to=who, by=team.operator)
        assert (refused.value.field, refused.value.why) == ("officer", "had-a-part")


def test_the_database_itself_seats_nobody_who_decided(team: Team, left: UUID):
    settle(left, "204", team.other_operator)

    with pytest.raises(IntegrityError, match="third_eyes"), transaction.atomic():
        Assessment.objects.filter(id=left).update(assessor_a=team.other_operator.subject_id)


def test_settlements_survive_a_handing_over_and_the_assessment_is_finished(team: Team):
    of = open_for(team)
    all_answered(of, team, otherwise=frozenset({"204", "205"}))
    settle(of, "204", team.operator)
    end_role(team.second)

    hand_over(of, B, to=team.bystander, by=team.other_operator)
    settle(of, "205", team.operator)
    evaluation.close_assessment(of, actor=team.operator, at=LATER)

    assert evaluation.closed_assessment(of).result.settled == 95
    assert left_over(of, viewer=team.operator) == ()


def test_a_seat_that_is_not_left_over_passes_to_nobody(team: Team):
    of = open_for(team)

    with pytest.raises(evaluation.SeatTaken):
        hand_over(of, A, to=team.bystander, by=team.operator)


def test_only_an_officer_takes_a_seat_and_only_with_a_reason(team: Team, left: UUID):
    with pytest.raises(people.NoSuchOfficer):
        hand_over(left, A, to=team.other_operator, by=team.operator)
    for reason, why in ((" ", "missing"), ("x" * 501, "too-long")):
        with pytest.raises(evaluation.AssessmentImpossible) as refused:
            hand_over(left, A, to=team.bystander, by=team.operator, reason=reason)
        assert (refused.value.field, refused.value.why) == ("reason", why)
    assert not Handover.objects.exists()


def test_only_an_operator_who_never_sat_hands_a_seat_over_or_decides(team: Team, left: UUID):
    with pytest.raises(NotFound):
        hand_over(left, A, to=team.bystander, by=team.bystander)
    with pytest.raises(evaluation.NeedsThirdEyes):
        hand_over(left, A, to=team.bystander, by=team.second)
    hand_over(left, A, to=team.bystander, by=team.operator)
    end_role(team.bystander)
    former = give_role(team.first, like=team.other_operator)

    for act in (
        lambda: hand_over(left, A, to=team.second, by=former),
        lambda: settle(left, "204", former),
        lambda: evaluation.close_assessment(left, actor=former, at=AT),
    ):
        with pytest.raises(evaluation.NeedsThirdEyes):
            act()


def test_handing_over_twice_is_once_and_its_leaf_names_nobody(team: Team, left: UUID):
    hand_over(left, A, to=team.bystander, by=team.operator)
    hand_over(left, A, to=team.bystander, by=team.operator, reason="again")

    (leaf,) = Leaf.objects.filter(subject=str(left), event="evaluation.assessment.seat_handed_over")
    assert Handover.objects.count() == 1
    assert leaf.facts == {"question_set": "losi-2024", "seat": "A", "officer_agency": OPERATING}


def test_a_closed_assessment_hands_nothing_over(team: Team):
    of = open_for(team)
    all_answered(of, team)
    evaluation.close_assessment(of, actor=team.operator, at=AT)
    end_role(team.first)

    with pytest.raises(evaluation.AssessmentClosed):
        hand_over(of, A, to=team.bystander, by=team.operator)
