"""What the desk reads of officers and grants: frozen values."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, officers, queries
from panjereh.domain.people.models import AccountState, OfficerGrant
from panjereh.domain.people.refusals import NoSuchOfficer
from panjereh.domain.people.rules.grants import GrantState
from panjereh_kernel.actor import Actor, OfficerRole, Post, Role
from panjereh_kernel.identifiers import NationalNumber
from panjereh_kernel.refusal import NotFound


@dataclass(frozen=True, slots=True)
class GrantAct:
    """What happened to a grant; `by_subject_id` is None where the operator's command acted."""

    act: str
    by_subject_id: UUID | None
    reason: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class GrantView:
    """A grant as it stands at the instant asked for: what ran out by itself is lapsed or ended."""

    id: UUID
    holder_id: UUID
    role: OfficerRole
    agency_id: str
    unit_id: str
    days: int
    last_day: dt.date | None
    state: GrantState
    requested_by: UUID | None
    requested_at: dt.datetime
    lapses_at: dt.datetime
    valid_until: dt.datetime | None
    reason: str


def posts_of(subject_id: UUID, *, at: dt.datetime) -> list[Post]:
    """Return where a person sits at an instant, each place with its roles, in order of agency and unit."""
    roles = defaultdict(set)
    for row in officers.holding(subject_id, at=at).order_by("agency_id", "unit_id", "id"):
        roles[row.agency_id, row.unit_id].add(OfficerRole(row.role))
    return [Post(agency_id, unit_id, frozenset(held)) for (agency_id, unit_id), held in roles.items()]


def role_holders(role: OfficerRole, ids: Iterable[UUID], *, at: dt.datetime) -> frozenset[UUID]:
    """Return which of these people hold a role at an instant, wherever they sit. For rooms above."""
    return frozenset(officers.holding_role(role, ids, at=at).values_list("holder_id", flat=True).distinct())


def grantors_of(agency_id: str, *, actor: Actor, at: dt.datetime) -> list[UUID]:
    """Return the subjects who may grant at an agency now, the longest-serving first.

    Of the platform itself alone: raises `NotFound` for anybody else.
    """
    access.platform_alone(actor)
    rows = officers.grants_at(agency_id).filter(
        role=OfficerRole.GRANTOR, state=GrantState.GRANTED, valid_until__gt=at
    )
    return [row.holder_id for row in rows.order_by("id")]


def grants_at(
    *, actor: Actor, at: dt.datetime, limit: int, before: UUID | None = None, only_waiting: bool = False
) -> list[GrantView]:
    """Return grants at the agency of the actor, who may grant there, the latest first. Raises `NotFound`."""
    if actor.post is None:
        raise NotFound
    officers.check_grantor(actor.post.agency_id, actor=actor, at=at)
    rows = officers.grants_at(actor.post.agency_id)
    if only_waiting:
        rows = rows.filter(state=GrantState.REQUESTED, lapses_at__gt=at)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_view(row, at) for row in rows.order_by("-id")[:limit]]


def grant(grant_id: UUID, *, actor: Actor, at: dt.datetime) -> GrantView:
    """Return one grant to somebody who may grant at its agency. Raises `NotFound`."""
    return _view(officers.grant_for(grant_id, actor=actor, at=at), at)


def grant_acts(grant_id: UUID, *, actor: Actor, at: dt.datetime) -> list[GrantAct]:
    """Return what happened to one grant, the first first. Raises `NotFound`."""
    officers.grant_for(grant_id, actor=actor, at=at)
    return [GrantAct(row.act, row.by_subject_id, row.reason, row.at) for row in officers.acts_of([grant_id])]


def officer_names(ids: Iterable[UUID], *, actor: Actor, at: dt.datetime) -> dict[UUID, str]:
    """Return the names of people who hold, asked for or decided grants, to a grantor or an operator.

    Each but the actor's own leaves an access trace, written before any name is opened. Raises `NotFound`, and
    `audit.TooManyPeopleRead` for whoever looked at too many of late.
    """
    if actor.role is not Role.OFFICER or actor.post is None:
        raise NotFound
    if OfficerRole.OPERATOR in actor.post.roles:
        officers.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    else:
        officers.check_grantor(actor.post.agency_id, actor=actor, at=at)
    known = sorted(row.id for row in access.subjects(ids))
    others = [each for each in known if each != actor.subject_id]
    if others:
        audit.check_reading(actor=actor, more=len(others), at=at)
        audit.trace_accesses(others, actor=actor, what="people.officer", at=at)
    return queries.labels(known)


def officer_of_number(number: NationalNumber, *, actor: Actor, at: dt.datetime) -> UUID:
    """Return who holds the role of an officer now and has this national number, to an operator.

    Leaves an access trace with whoever is found, but for oneself. Raises `NotFound` unless the actor is an
    operator now, `NoSuchOfficer`, and `audit.TooManyPeopleRead` for whoever looked at too many of late.
    """
    officers.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    account = access.account_by_number(access.number_indexes(number.value))
    if account is None or account.state != AccountState.ACTIVE:
        raise NoSuchOfficer
    found = account.subject_id
    if not officers.holding(found, at=at).filter(role=OfficerRole.OFFICER).exists():
        raise NoSuchOfficer
    if found != actor.subject_id:
        audit.check_reading(actor=actor, more=1, at=at)
        audit.trace_accesses([found], actor=actor, what="people.officer", at=at)
    return found


def _view(row: OfficerGrant, at: dt.datetime) -> GrantView:
    return GrantView(
        id=row.id,
        holder_id=row.holder_id,
        role=OfficerRole(row.role),
        agency_id=row.agency_id,
        unit_id=row.unit_id,
        days=row.days,
        last_day=row.last_day,
        state=_state_at(row, at),
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        lapses_at=row.lapses_at,
        valid_until=row.valid_until,
        reason=row.reason,
    )


def _state_at(row: OfficerGrant, at: dt.datetime) -> GrantState:
    state = GrantState(row.state)
    if state is GrantState.REQUESTED and row.lapses_at <= at:
        return GrantState.LAPSED
    if state is GrantState.GRANTED and row.valid_until is not None and row.valid_until <= at:
        return GrantState.ENDED
    return state
