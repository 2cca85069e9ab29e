"""Give somebody a role at an agency: one asks, another decides, and either ends it at once."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.directory import api as directory
from panjereh.domain.people import access, officers
from panjereh.domain.people.models import AccountState, OfficerGrant, OfficerGrantAct
from panjereh.domain.people.refusals import (
    EnoughGrantors,
    GrantHeldAlready,
    GrantPeriodWrong,
    GrantStepImpossible,
    HolderWithoutAccount,
    NotOverOneself,
    RoleNotThere,
    UnitNotThere,
)
from panjereh.domain.people.rules import grants
from panjereh.domain.people.rules.grants import GrantState, GrantStep
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor, OfficerRole, Post, Role
from panjereh_kernel.identifiers import NationalNumber
from panjereh_kernel.refusal import NotFound


@transaction.atomic(durable=True)
def request_grant(
    grant_id: UUID,
    *,
    national_number: NationalNumber,
    post: Post,
    last_day: dt.date,
    operating_agency: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Ask that somebody be given the one role in `post` to the end of a day; another grantor decides.

    Sent twice with the same id it is one request. Raises `NotFound` unless the actor may grant at the agency,
    `RoleNotThere`, `UnitNotThere`, `GrantPeriodWrong`, `HolderWithoutAccount`, `NotOverOneself`, and
    `GrantHeldAlready`.
    """
    officers.lock_grantor(post.agency_id, actor=actor, at=at)
    (role,) = post.roles
    today = jalali.tehran_date(at)
    _check_place(role, post, operating_agency=operating_agency, today=today)
    if not grants.may_hold_until(last_day, today=today):
        raise GrantPeriodWrong
    holder_id = _holder(national_number)
    if holder_id == actor.subject_id:
        raise NotOverOneself
    known = OfficerGrant.objects.filter(id=grant_id).first()
    if known is not None:
        if (known.holder_id, known.requested_by) != (holder_id, actor.subject_id):
            raise NotFound
        return
    _make_room(holder_id, role, post, at=at)
    row = OfficerGrant.objects.create(
        id=grant_id,
        holder_id=holder_id,
        role=role,
        agency_id=post.agency_id,
        unit_id=post.unit_id,
        days=(last_day - today).days,
        last_day=last_day,
        state=GrantState.REQUESTED,
        requested_by=actor.subject_id,
        requested_at=at,
        lapses_at=min(at + grants.REQUEST_LIFE, grants.end_of(last_day)),
    )
    _note(row, "request", act_id=grant_id, actor=actor, at=at)


@transaction.atomic(durable=True)
def approve_grant(grant_id: UUID, *, act_id: UUID, actor: Actor, at: dt.datetime) -> None:
    """Let a request hold from now on. Whoever asked, or is to hold it, cannot.

    Raises `NotFound`, `NotOverOneself`, and `GrantStepImpossible` when it was decided or has lapsed.
    """
    row = officers.lock_grant_for(grant_id, actor=actor, at=at)
    _check_other_eyes(row, actor)
    _step(row, GrantStep.APPROVE, at=at)
    row.decided_by, row.decided_at = actor.subject_id, at
    row.valid_until = grants.valid_until(row.last_day, days=row.days, decided_at=at)
    row.save(update_fields=["state", "decided_by", "decided_at", "valid_until"])
    _note(row, "approve", act_id=act_id, actor=actor, at=at)


@transaction.atomic(durable=True)
def refuse_grant(
    grant_id: UUID, *, reason: grants.RefuseReason, act_id: UUID, actor: Actor, at: dt.datetime
) -> None:
    """Say no to a request, with the reason. Raises as `approve_grant` does."""
    row = officers.lock_grant_for(grant_id, actor=actor, at=at)
    _check_other_eyes(row, actor)
    _step(row, GrantStep.REFUSE, at=at)
    row.decided_by, row.decided_at, row.reason = actor.subject_id, at, reason
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    _note(row, "refuse", act_id=act_id, actor=actor, at=at, reason=reason)


@transaction.atomic(durable=True)
def revoke_grant(
    grant_id: UUID, *, reason: grants.RevokeReason, act_id: UUID, actor: Actor, at: dt.datetime
) -> None:
    """End a grant at once: one grantor is enough, for taking away must not wait.

    It opens nothing at the holder's next request. Raises `NotFound` and `GrantStepImpossible`.
    """
    row = officers.lock_grant_for(grant_id, actor=actor, at=at)
    _step(row, GrantStep.REVOKE, at=at)
    row.revoked_by, row.revoked_at, row.reason = actor.subject_id, at, reason
    row.save(update_fields=["state", "revoked_by", "revoked_at", "reason"])
    _note(row, "revoke", act_id=act_id, actor=actor, at=at, reason=reason)


@transaction.atomic(durable=True)
def name_first_grantor(
    grant_id: UUID,
    *,
    national_number: NationalNumber,
    agency_id: str,
    reason: grants.FirstReason,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Name one of the first two grantors of an agency, whom nobody there could approve.

    Of the platform's operator alone, at the command line. Raises `NotFound` for everybody else,
    `HolderWithoutAccount`, `GrantHeldAlready`, and `EnoughGrantors` once two can decide for themselves.
    """
    if actor.role is not Role.SYSTEM:
        raise NotFound
    holder_id = _holder(national_number)
    _make_room(holder_id, OfficerRole.GRANTOR, Post(agency_id), at=at)
    if len(officers.grantors(agency_id, at=at)) >= grants.FIRST_GRANTORS:
        raise EnoughGrantors
    row = OfficerGrant.objects.create(
        id=grant_id,
        holder_id=holder_id,
        role=OfficerRole.GRANTOR,
        agency_id=agency_id,
        days=grants.FIRST_GRANT_DAYS,
        state=GrantState.GRANTED,
        requested_at=at,
        lapses_at=at,
        decided_at=at,
        valid_until=at + dt.timedelta(days=grants.FIRST_GRANT_DAYS),
        reason=reason,
    )
    _note(row, "first", act_id=grant_id, actor=actor, at=at, reason=reason)


def _check_place(role: OfficerRole, post: Post, *, operating_agency: str, today: dt.date) -> None:
    if not grants.fits(role, agency_id=post.agency_id, operating_agency=operating_agency):
        raise RoleNotThere
    if not post.unit_id:
        return
    units = directory.units_of([post.agency_id], on=today).get(post.agency_id, ())
    if role is not OfficerRole.OFFICER or post.unit_id not in {unit.id for unit in units}:
        raise UnitNotThere


def _holder(national_number: NationalNumber) -> UUID:
    account = officers.lock_account(access.number_indexes(national_number.value))
    if account is None or account.state != AccountState.ACTIVE:
        raise HolderWithoutAccount
    return account.subject_id


def _make_room(holder_id: UUID, role: OfficerRole, post: Post, *, at: dt.datetime) -> None:
    """Close what ran out by itself; refuse what is still there."""
    row = officers.alive(holder_id, role=role, agency_id=post.agency_id, unit_id=post.unit_id)
    if row is None:
        return
    over_at = row.valid_until if row.state == GrantState.GRANTED else row.lapses_at
    if over_at is None or over_at > at:
        raise GrantHeldAlready
    step = GrantStep.END if row.state == GrantState.GRANTED else GrantStep.LAPSE
    row.state = grants.next_state(GrantState(row.state), step)
    row.save(update_fields=["state"])


def _check_other_eyes(row: OfficerGrant, actor: Actor) -> None:
    if actor.subject_id in (row.holder_id, row.requested_by):
        raise NotOverOneself


def _step(row: OfficerGrant, step: GrantStep, *, at: dt.datetime) -> None:
    over_at = row.valid_until if row.state == GrantState.GRANTED else row.lapses_at
    state = GrantState(row.state)
    if over_at is None or over_at <= at:
        raise GrantStepImpossible(state)
    try:
        row.state = grants.next_state(state, step)
    except grants.ImpossibleGrantStep as impossible:
        raise GrantStepImpossible(state) from impossible


def _note(
    row: OfficerGrant, act: str, *, act_id: UUID, actor: Actor, at: dt.datetime, reason: str = ""
) -> None:
    OfficerGrantAct.objects.create(
        id=act_id, grant=row, act=act, by_subject_id=actor.subject_id, reason=reason, at=at
    )
    facts = {"role": row.role, "agency": row.agency_id, "holder": str(row.holder_id)}
    facts |= {"unit": row.unit_id} if row.unit_id else {}
    facts |= {"reason": str(reason)} if reason else {}
    audit.record(event=EVENTS[act], actor=actor, subject=str(row.id), at=at, facts=facts)


EVENTS = {
    "request": "people.grant.requested",
    "approve": "people.grant.approved",
    "refuse": "people.grant.refused",
    "revoke": "people.grant.revoked",
    "first": "people.grant.first_named",
}
