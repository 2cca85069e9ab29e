"""Order that a person be erased: one operator of the platform asks, another approves, both signed in."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, officers, orders
from panjereh.domain.people.models import ErasureOrder
from panjereh.domain.people.refusals import (
    ErasureAskedAlready,
    ErasureStepImpossible,
    OtherOperatorNeeded,
    RoleInForce,
)
from panjereh.domain.people.rules import erasures
from panjereh.domain.people.rules.erasures import ErasureReason, OrderState, OrderStep
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound


@transaction.atomic(durable=True)
def ask_erasure(
    order_id: UUID, *, subject_id: UUID, reason: ErasureReason, actor: Actor, at: dt.datetime
) -> None:
    """Ask that somebody be erased; nothing happens before another operator approves.

    Of an operator alone: raises `NotFound` for everybody else, and for an id nobody ever had. Raises
    `OtherOperatorNeeded` about oneself, `RoleInForce`, and `ErasureAskedAlready`. Sent twice with the same id
    it is one order.
    """
    operator = orders.check_operator(actor=actor, at=at)
    if subject_id == operator:
        raise OtherOperatorNeeded
    known = ErasureOrder.objects.filter(id=order_id).first()
    if known is not None:
        if (known.subject_id, known.asked_by) != (subject_id, operator):
            raise NotFound
        return
    check_erasable(subject_id, at=at)
    _make_room(subject_id, at=at)
    order = ErasureOrder.objects.create(
        id=order_id,
        subject_id=subject_id,
        reason=reason,
        state=OrderState.ASKED,
        asked_by=operator,
        asked_at=at,
        lapses_at=at + erasures.ORDER_LIFE,
    )
    _record("people.erasure.asked", order, actor=actor, at=at)


@transaction.atomic(durable=True)
def approve_erasure(order_id: UUID, *, actor: Actor, at: dt.datetime) -> None:
    """Approve what another operator asked for; from then on the command `panjereh erase` carries it out.

    Raises `NotFound` for whoever is no operator, `OtherOperatorNeeded` for whoever asked or is the person,
    `RoleInForce`, and `ErasureStepImpossible` when it was decided or has lapsed.
    """
    operator = orders.check_operator(actor=actor, at=at)
    order = orders.lock_order(order_id)
    if operator in (order.asked_by, order.subject_id):
        raise OtherOperatorNeeded
    step(order, OrderStep.APPROVE, at=at)
    check_erasable(order.subject_id, at=at)
    _decide(order, "people.erasure.approved", actor=actor, at=at)


@transaction.atomic(durable=True)
def refuse_erasure(order_id: UUID, *, actor: Actor, at: dt.datetime) -> None:
    """Stop an order that is not carried out, be it approved or not: one operator is enough for that.

    Raises `NotFound` for whoever is no operator, and `ErasureStepImpossible`.
    """
    orders.check_operator(actor=actor, at=at)
    order = orders.lock_order(order_id)
    step(order, OrderStep.REFUSE, at=at)
    _decide(order, "people.erasure.refused", actor=actor, at=at)


def step(order: ErasureOrder, what: OrderStep, *, at: dt.datetime) -> None:
    """Move a locked order; the caller saves it. Raises `ErasureStepImpossible`."""
    state = erasures.state_at(OrderState(order.state), lapses_at=order.lapses_at, at=at)
    try:
        order.state = erasures.next_state(state, what)
    except erasures.ImpossibleOrderStep as impossible:
        raise ErasureStepImpossible(state) from impossible


def check_erasable(subject_id: UUID, *, at: dt.datetime) -> None:
    """Raise `NotFound` for an id nobody ever had, `RoleInForce` while a role is held or asked for. A step."""
    if not access.was_ever(subject_id):
        raise NotFound
    access.lock_accounts(subject_id)  # first, as a request for a role does: none comes in between
    if officers.lock_live_grants(subject_id, at=at):
        raise RoleInForce


def _make_room(subject_id: UUID, *, at: dt.datetime) -> None:
    """Close an order that lapsed by itself; refuse while one is open."""
    row = orders.lock_live_order(subject_id)
    if row is None:
        return
    if row.lapses_at > at:
        raise ErasureAskedAlready
    row.state = erasures.next_state(OrderState(row.state), OrderStep.LAPSE)
    row.save(update_fields=["state"])


def _decide(order: ErasureOrder, event: str, *, actor: Actor, at: dt.datetime) -> None:
    order.decided_by, order.decided_at = actor.subject_id, at
    order.save(update_fields=["state", "decided_by", "decided_at"])
    _record(event, order, actor=actor, at=at)


def _record(event: str, order: ErasureOrder, *, actor: Actor, at: dt.datetime) -> None:
    facts = {"person": str(order.subject_id), "reason": str(order.reason)}
    audit.record(event=event, actor=actor, subject=str(order.id), at=at, facts=facts)
