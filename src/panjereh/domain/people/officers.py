"""The only way to a grant, and to who may grant."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from panjereh.domain.people.models import Account, OfficerGrant, OfficerGrantAct
from panjereh.domain.people.rules import grants
from panjereh_kernel.actor import Actor, OfficerRole, Role
from panjereh_kernel.refusal import NotFound


def holding(subject_id: UUID, *, at: dt.datetime) -> QuerySet[OfficerGrant]:
    """Return the grants that hold for a person at an instant, not in any order."""
    return OfficerGrant.objects.filter(
        holder_id=subject_id, state=grants.GrantState.GRANTED, valid_until__gt=at
    )


def holding_role(role: OfficerRole, ids: Iterable[UUID], *, at: dt.datetime) -> QuerySet[OfficerGrant]:
    """Return the grants of one role that hold for any of these people at an instant, not in any order."""
    return OfficerGrant.objects.filter(
        holder_id__in=set(ids), role=role, state=grants.GrantState.GRANTED, valid_until__gt=at
    )


def check_grantor(agency_id: str, *, actor: Actor, at: dt.datetime) -> None:
    """Let only those on who may grant at this agency now. Raises `NotFound`."""
    if not _grantor_rows(agency_id, actor=actor, at=at).exists():
        raise NotFound


def lock_grantor(agency_id: str, *, actor: Actor, at: dt.datetime) -> None:
    """The same, and the right stays until the end of the transaction. Raises `NotFound`."""
    if not list(_grantor_rows(agency_id, actor=actor, at=at).select_for_update().order_by("id")):
        raise NotFound


def check_role(role: OfficerRole, *, actor: Actor, at: dt.datetime) -> None:
    """Let only an officer on who holds this role where they sit, now. For rooms above. Raises `NotFound`."""
    if actor.role is not Role.OFFICER or actor.subject_id is None or actor.post is None:
        raise NotFound
    if role not in actor.post.roles:
        raise NotFound
    rows = holding(actor.subject_id, at=at).filter(
        role=role, agency_id=actor.post.agency_id, unit_id=actor.post.unit_id
    )
    if not rows.exists():
        raise NotFound


def grant_for(grant_id: UUID, *, actor: Actor, at: dt.datetime) -> OfficerGrant:
    """Return a grant to somebody who may grant at its agency. Raises `NotFound`."""
    found = OfficerGrant.objects.filter(id=grant_id).first()
    if found is None or actor.post is None or found.agency_id != actor.post.agency_id:
        raise NotFound
    check_grantor(found.agency_id, actor=actor, at=at)
    return found


def lock_grant_for(grant_id: UUID, *, actor: Actor, at: dt.datetime) -> OfficerGrant:
    """Return a grant and lock it together with the actor's own right to grant. Raises `NotFound`.

    Both rows in one order: two who end each other's rights at once wait for each other, not for ever.
    """
    found = grant_for(grant_id, actor=actor, at=at)
    own = _grantor_rows(found.agency_id, actor=actor, at=at).values_list("id", flat=True).order_by("id")
    rows = OfficerGrant.objects.select_for_update().filter(id__in={grant_id, *own}).order_by("id")
    locked = {row.id: row for row in rows}
    if not any(_is_held(row, at) for row in locked.values() if row.id in set(own)):
        raise NotFound
    return locked[grant_id]


def lock_live_grants(holder_id: UUID, *, at: dt.datetime) -> list[OfficerGrant]:
    """Return what holds for a person or waits for a decision, all of theirs locked."""
    rows = OfficerGrant.objects.select_for_update(of=("self",)).filter(
        holder_id=holder_id, state__in=grants.LIVE
    )
    return [row for row in rows.order_by("id") if not _is_over(row, at)]


def alive(holder_id: UUID, *, role: OfficerRole, agency_id: str, unit_id: str) -> OfficerGrant | None:
    """Return the one grant or request of this kind, locked, None when there is none."""
    rows = OfficerGrant.objects.select_for_update().filter(
        holder_id=holder_id, role=role, agency_id=agency_id, unit_id=unit_id, state__in=grants.LIVE
    )
    return rows.first()


def lock_account(number_indexes: list[bytes]) -> Account | None:
    """Return the account of a holder, locked: two requests for one person are looked at one by one."""
    rows = Account.objects.select_for_update(no_key=True, of=("self",))
    return rows.filter(subject__national_number_index__in=number_indexes).first()


def grantors(agency_id: str, *, at: dt.datetime) -> list[OfficerGrant]:
    """Return who may grant at an agency; until the transaction ends nobody else counts them to add one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"people.grantors:{agency_id}"])
    rows = OfficerGrant.objects.filter(
        agency_id=agency_id, role=OfficerRole.GRANTOR, state=grants.GrantState.GRANTED, valid_until__gt=at
    )
    return list(rows.order_by("id"))


def grants_at(agency_id: str) -> QuerySet[OfficerGrant]:
    """Return all grants at an agency; the caller has looked whether the actor may see them."""
    return OfficerGrant.objects.filter(agency_id=agency_id)


def acts_of(grant_ids: Iterable[UUID]) -> list[OfficerGrantAct]:
    """Return what happened to grants, the first first."""
    return list(OfficerGrantAct.objects.filter(grant_id__in=set(grant_ids)).order_by("at", "id"))


def _grantor_rows(agency_id: str, *, actor: Actor, at: dt.datetime) -> QuerySet[OfficerGrant]:
    if actor.role is not Role.OFFICER or actor.subject_id is None or actor.post is None:
        raise NotFound
    if actor.post.agency_id != agency_id or OfficerRole.GRANTOR not in actor.post.roles:
        raise NotFound
    return holding(actor.subject_id, at=at).filter(role=OfficerRole.GRANTOR, agency_id=agency_id)


def _is_over(row: OfficerGrant, at: dt.datetime) -> bool:
    over_at = row.valid_until if row.state == grants.GrantState.GRANTED else row.lapses_at
    return over_at is not None and over_at <= at


def _is_held(row: OfficerGrant, at: dt.datetime) -> bool:
    return row.state == grants.GrantState.GRANTED and row.valid_until is not None and row.valid_until > at
