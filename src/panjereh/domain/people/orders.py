"""The only way to an order to erase, and what operators and the command read of it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, officers, queries
from panjereh.domain.people.models import ErasureOrder
from panjereh.domain.people.rules import erasures
from panjereh.domain.people.rules.erasures import ErasureReason, OrderState
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as it stands at the instant asked for. All who are named are subjects, by id."""

    id: UUID
    subject_id: UUID
    reason: ErasureReason
    state: OrderState
    asked_by: UUID
    asked_at: dt.datetime
    lapses_at: dt.datetime
    decided_by: UUID | None
    decided_at: dt.datetime | None
    done_at: dt.datetime | None


def check_operator(*, actor: Actor, at: dt.datetime) -> UUID:
    """Return who the acting operator of the platform is, who holds the role now. Raises `NotFound`."""
    officers.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    assert actor.subject_id is not None  # noqa: S101 -- who holds a role is somebody
    return actor.subject_id


def lock_order(order_id: UUID) -> ErasureOrder:
    """Return an order, locked; the caller has looked whether the actor may. Raises `NotFound`."""
    found = ErasureOrder.objects.select_for_update().filter(id=order_id).first()
    if found is None:
        raise NotFound
    return found


def lock_live_order(subject_id: UUID) -> ErasureOrder | None:
    """Return the one order about a person that is still open, locked, None when there is none."""
    rows = ErasureOrder.objects.select_for_update().filter(subject_id=subject_id, state__in=erasures.LIVE)
    return rows.first()


def erasure_order(order_id: UUID, *, actor: Actor, at: dt.datetime) -> OrderView:
    """Return an order to an operator or to the platform itself. Raises `NotFound`."""
    if not access.is_platform(actor):
        check_operator(actor=actor, at=at)
    found = ErasureOrder.objects.filter(id=order_id).first()
    if found is None:
        raise NotFound
    return view(found, at=at)


def erasure_orders(
    *, actor: Actor, at: dt.datetime, limit: int, before: UUID | None = None, only_asked: bool = False
) -> list[OrderView]:
    """Return at most `limit` orders for an operator, the latest first, before the given one.

    `only_asked` leaves out what was decided or has lapsed. Raises `NotFound` for everybody else.
    """
    check_operator(actor=actor, at=at)
    rows = ErasureOrder.objects.order_by("-id")
    if only_asked:
        rows = rows.filter(state=OrderState.ASKED, lapses_at__gt=at)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [view(row, at=at) for row in rows[:limit]]


def order_names(order_id: UUID, *, actor: Actor, at: dt.datetime) -> dict[UUID, str]:
    """Return the names of whom an order is about, who asked for it and who decided it, to an operator.

    Each but the actor's own leaves an access trace, written before any name is opened. Raises `NotFound`, and
    `audit.TooManyPeopleRead` for whoever looked at too many of late.
    """
    operator = check_operator(actor=actor, at=at)
    order = erasure_order(order_id, actor=actor, at=at)
    named = [each for each in (order.subject_id, order.asked_by, order.decided_by) if each]
    known = sorted(row.id for row in access.subjects(named))
    others = [each for each in known if each != operator]
    if others:
        audit.check_reading(actor=actor, more=len(others), at=at)
        audit.trace_accesses(others, actor=actor, what="people.officer", at=at)
    return queries.labels(known)


def view(row: ErasureOrder, *, at: dt.datetime) -> OrderView:
    """Return a row as it stands at an instant."""
    return OrderView(
        id=row.id,
        subject_id=row.subject_id,
        reason=ErasureReason(row.reason),
        state=erasures.state_at(OrderState(row.state), lapses_at=row.lapses_at, at=at),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        lapses_at=row.lapses_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        done_at=row.done_at,
    )
