"""Hand a seat that is left over to another officer: without both seats an assessment cannot be finished."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.evaluation import access
from panjereh.domain.evaluation.models import Assessment, Handover
from panjereh.domain.evaluation.operations.assess import checked_reason
from panjereh.domain.evaluation.refusals import AssessmentClosed, AssessmentImpossible, SeatTaken
from panjereh.domain.evaluation.rules.states import AssessmentState, Seat
from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor, OfficerRole


@transaction.atomic(durable=True)
def hand_over_seat(
    assessment_id: UUID, seat: Seat, *, to: UUID, reason: str, actor: Actor, at: dt.datetime
) -> None:
    """Hand a seat whose assessor is no longer an officer to the officer `to`, with the reason.

    The new assessor goes on where the seat stands and does not start anew: what is blind is the seat, whose
    answers were given unseen by the other; and those that both have answered both have seen, so that nobody
    could give them blindly again. Every answer stands under the name of who gave it. One that the other seat
    has not answered yet may still change, then under the new name.

    To hand it to who sits in it already changes nothing. Raises `NotFound` unless the actor is an operator
    now, `NeedsThirdEyes` for one who sits or sat in a seat, `AssessmentClosed`, `SeatTaken` while its
    assessor is an officer, `people.NoSuchOfficer` if `to` is none now, and `AssessmentImpossible` without a
    reason or if `to` had a part in this assessment: sat in a seat, either of them, or settled a question.
    """
    row = access.lock_as_third(assessment_id, actor=actor, at=at)
    holder = access.holders_of(row)[seat]
    if holder == to:
        return
    why = checked_reason(reason)
    if row.state == AssessmentState.CLOSED:
        raise AssessmentClosed
    _check_hands(row, holder, to, at=at)
    assert actor.subject_id is not None  # noqa: S101 -- an operator is a person
    Handover.objects.create(
        assessment=row,
        seat=seat,
        left_by=holder,
        taken_by=to,
        reason=why,
        by=actor.subject_id,
        handed_over_at=at,
    )
    _seat(row, seat, to)
    audit.record(
        event="evaluation.assessment.seat_handed_over",
        actor=actor,
        subject=str(row.id),
        at=at,
        facts={"question_set": row.question_set, "seat": seat.value},
    )


def _check_hands(row: Assessment, holder: UUID, to: UUID, *, at: dt.datetime) -> None:
    at_work = people.role_holders(OfficerRole.OFFICER, (holder, to), at=at)
    if holder in at_work:
        raise SeatTaken
    if to not in at_work:
        raise people.NoSuchOfficer
    if access.had_a_part(row, to):
        raise AssessmentImpossible("officer", "had-a-part")


def _seat(row: Assessment, seat: Seat, to: UUID) -> None:
    if seat is Seat.A:
        row.assessor_a = to
    else:
        row.assessor_b = to
    row.save(update_fields=["assessor_a", "assessor_b"])
