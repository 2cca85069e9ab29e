"""The only way to an assessment and to its answers: who may see which, and until when not."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from panjereh.domain.evaluation.models import Answer, Assessment, Handover, Reconciled
from panjereh.domain.evaluation.refusals import NeedsThirdEyes
from panjereh.domain.evaluation.rules.assessing import Reply, differing, settle
from panjereh.domain.evaluation.rules.states import AssessmentState, Seat
from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound


@dataclass(frozen=True, slots=True)
class Given:
    """The newest answer from one seat to one question; `is_inherited`: by whoever sat there before."""

    reply: Reply
    evidence: str
    note: str
    answered_at: dt.datetime
    is_inherited: bool


@dataclass(frozen=True, slots=True)
class Sheets:
    """All answers of an assessment: of both seats, and what a third decided. For this room alone."""

    given: Mapping[Seat, Mapping[str, Given]]
    reconciled: Mapping[str, Reply]

    @property
    def differing(self) -> frozenset[str]:
        """Questions on which the two differ, settled or not."""
        return differing(self.replies(Seat.A), self.replies(Seat.B))

    @property
    def settled(self) -> dict[str, Reply]:
        """The answers that stand."""
        return settle(self.replies(Seat.A), self.replies(Seat.B), self.reconciled)

    def replies(self, seat: Seat) -> dict[str, Reply]:
        """Return the answers of one seat without what stands beside them."""
        return {code: given.reply for code, given in self.given[seat].items()}

    def is_answered_by_both(self, code: str) -> bool:
        """Tell whether neither answer can follow the other any more."""
        return all(code in answers for answers in self.given.values())


def check_operator(*, actor: Actor, at: dt.datetime) -> None:
    """Let only an operator on who holds the role now. Raises `NotFound`."""
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)


def holders_of(row: Assessment) -> dict[Seat, UUID]:
    """Return who sits in the two seats."""
    return {Seat.A: row.assessor_a, Seat.B: row.assessor_b}


def seat_of(row: Assessment, *, actor: Actor) -> Seat | None:
    """Return the seat of the actor, None for somebody else."""
    return next((seat for seat, holder in holders_of(row).items() if holder == actor.subject_id), None)


def has_sat(row: Assessment, subject_id: UUID) -> bool:
    """Tell whether somebody sits in a seat of an assessment, or did until it was handed over."""
    if subject_id in holders_of(row).values():
        return True
    return Handover.objects.filter(assessment=row, left_by=subject_id).exists()


def had_a_part(row: Assessment, subject_id: UUID) -> bool:
    """Tell whether somebody sat in a seat of an assessment, or settled a question of it."""
    return has_sat(row, subject_id) or Reconciled.objects.filter(assessment=row, by=subject_id).exists()


def assessment_for(assessment_id: UUID, *, actor: Actor, at: dt.datetime) -> Assessment:
    """Return an assessment to its assessors and to operators. Raises `NotFound`."""
    return _check(Assessment.objects.filter(id=assessment_id).first(), actor=actor, at=at)


def lock_assessment(assessment_id: UUID, *, actor: Actor, at: dt.datetime) -> Assessment:
    """The same, locked: two who answer the same question come one after the other. Raises `NotFound`."""
    rows = Assessment.objects.select_for_update(of=("self",))
    return _check(rows.filter(id=assessment_id).first(), actor=actor, at=at)


def lock_as_third(assessment_id: UUID, *, actor: Actor, at: dt.datetime) -> Assessment:
    """The same for those alone who never sat in a seat of it. Raises `NotFound`, `NeedsThirdEyes`."""
    row = lock_assessment(assessment_id, actor=actor, at=at)
    assert actor.subject_id is not None  # noqa: S101 -- whoever reaches an assessment is a person
    if has_sat(row, actor.subject_id):
        raise NeedsThirdEyes
    return row


def lock_seat(assessment_id: UUID, *, actor: Actor, at: dt.datetime) -> tuple[Assessment, Seat]:
    """Return an assessment, locked, to one of its assessors with their seat. Raises `NotFound`."""
    row = lock_assessment(assessment_id, actor=actor, at=at)
    seat = seat_of(row, actor=actor)
    if seat is None:
        raise NotFound
    return row, seat


def sheets_of(row: Assessment) -> Sheets:
    """Return all answers of an assessment; see `visible` for what may leave the room."""
    given: dict[Seat, dict[str, Given]] = {seat: {} for seat in Seat}
    holders = holders_of(row)
    for each in Answer.objects.filter(assessment=row).order_by("id"):  # the newest comes last and stays
        seat = Seat(each.seat)
        is_inherited = each.by != holders[seat]
        told = Given(Reply(each.reply), each.evidence, each.note, each.answered_at, is_inherited)
        given[seat][each.code] = told
    reconciled = Reconciled.objects.filter(assessment=row).order_by("id").values_list("code", "reply")
    return Sheets(given, {code: Reply(reply) for code, reply in reconciled})


def visible(sheets: Sheets, code: str, *, row: Assessment, own: Seat | None) -> Mapping[Seat, Given]:
    """Return the answers to one question that somebody may see: their own, and both once both are there.

    An assessor does not learn that the other seat passed to somebody else.
    """
    is_open_to_all = row.state == AssessmentState.CLOSED or sheets.is_answered_by_both(code)
    return {
        seat: answers[code] if own in {None, seat} else replace(answers[code], is_inherited=False)
        for seat, answers in sheets.given.items()
        if code in answers and (is_open_to_all or seat is own)
    }


def _check(row: Assessment | None, *, actor: Actor, at: dt.datetime) -> Assessment:
    if row is None:
        raise NotFound
    is_assessor = seat_of(row, actor=actor) is not None
    people.check_role(OfficerRole.OFFICER if is_assessor else OfficerRole.OPERATOR, actor=actor, at=at)
    return row
