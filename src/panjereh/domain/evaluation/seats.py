"""Who sits in the seats of assessments: seats that are left over, and how they passed on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from panjereh.domain.evaluation import access
from panjereh.domain.evaluation.models import Assessment, Handover
from panjereh.domain.evaluation.rules.states import AssessmentState, Seat
from panjereh.domain.people import api as people
from panjereh_kernel.actor import OfficerRole


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A seat that passed from one officer to another, `by` an operator, and why."""

    seat: Seat
    left_by: UUID
    taken_by: UUID
    by: UUID
    reason: str
    handed_over_at: dt.datetime


def left_over(rows: Sequence[Assessment], *, at: dt.datetime) -> dict[UUID, tuple[Seat, ...]]:
    """Return the seats of running assessments whose assessor is no longer an officer."""
    held = {row.id: access.holders_of(row) for row in rows if row.state != AssessmentState.CLOSED}
    holders = {each for of in held.values() for each in of.values()}
    if not holders:
        return {}
    at_work = people.role_holders(OfficerRole.OFFICER, holders, at=at)
    return {id_: tuple(seat for seat, each in of.items() if each not in at_work) for id_, of in held.items()}


def handed_over(row: Assessment, own: Seat | None) -> tuple[HandedOver, ...]:
    """Return how the seats passed on, the first first; to whoever sits in one how they took it over."""
    holder = access.holders_of(row)[own] if own else None
    return tuple(
        HandedOver(Seat(each.seat), each.left_by, each.taken_by, each.by, each.reason, each.handed_over_at)
        for each in Handover.objects.filter(assessment=row).order_by("id")
        if holder in {None, each.taken_by}
    )
