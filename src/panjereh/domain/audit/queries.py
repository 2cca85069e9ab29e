"""Reads of the record."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from panjereh.domain.audit.models import AccessTrace, Leaf, Sequenced
from panjereh.domain.audit.rules.canonical import Facts, LeafContent, leaf_bytes
from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_kernel.refusal import NotFound


@dataclass(frozen=True, slots=True)
class SequencedLeaf:
    """A leaf in its place."""

    index: int
    content: LeafContent

    @property
    def id(self) -> UUID:
        """Its own id."""
        return self.content.id

    @property
    def event(self) -> str:
        """What happened."""
        return self.content.event

    @property
    def facts(self) -> Facts:
        """Short codes and ids that say more."""
        return self.content.facts

    @property
    def at(self) -> dt.datetime:
        """When it happened."""
        return self.content.at

    def canonical(self) -> bytes:
        """Return the bytes that the log holds."""
        return leaf_bytes(self.content)


@dataclass(frozen=True, slots=True)
class Access:
    """One look at a person's data."""

    id: UUID
    role: str
    channel: str
    actor_subject_id: UUID | None
    purpose: str
    what: str
    at: dt.datetime
    agency_id: str = ""
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing an officer did at the desk: the event's name, what it happened to, and facts in codes."""

    id: UUID
    event: str
    subject: str
    facts: Facts
    at: dt.datetime


def acts_of(*, actor: Actor, limit: int, before: UUID | None = None) -> list[Act]:
    """Return what the actor did at the desk themself, the latest first; `before` is the last id of the page
    before. Raises `NotFound` for whoever is no officer.
    """
    if actor.role is not Role.OFFICER or actor.account_id is None:
        raise NotFound
    rows = Leaf.objects.filter(account_id=actor.account_id, channel=Channel.DESK.value)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [Act(row.id, row.event, row.subject, row.facts, row.at) for row in rows.order_by("-id")[:limit]]


def latest_facts(event: str, *, subject: str) -> Facts | None:
    """Return what the latest leaf of an event says about a thing, None when there is none."""
    rows = Leaf.objects.filter(event=event, subject=subject).order_by("-at", "-id")
    return rows.values_list("facts", flat=True).first()


def leaves_after(index: int, *, limit: int) -> list[SequencedLeaf]:
    """Return the next `limit` leaves whose place is behind `index`, in order; -1 begins at the first."""
    rows = Sequenced.objects.filter(index__gt=index).select_related("leaf").order_by("index")[:limit]
    return [SequencedLeaf(row.index, content_of(row.leaf)) for row in rows]


def sequenced_leaf(leaf_id: UUID) -> SequencedLeaf | None:
    """Return the leaf with this id in its place, None while it has none."""
    row = Sequenced.objects.select_related("leaf").filter(leaf_id=leaf_id).first()
    return None if row is None else SequencedLeaf(row.index, content_of(row.leaf))


def leaves_of(subject_id: UUID, *, after: int, limit: int) -> list[SequencedLeaf]:
    """Return the next `limit` leaves by or about a person, or about a case or a document, whose place is
    behind `after`, in order.
    """
    rows = (
        Sequenced.objects.filter(index__gt=after)
        .filter(Q(leaf__subject_id=subject_id) | Q(leaf__subject=str(subject_id)))
        .select_related("leaf")
        .order_by("index")[:limit]
    )
    return [SequencedLeaf(row.index, content_of(row.leaf)) for row in rows]


def own_leaves(subject_id: UUID, *, things: Collection[UUID], after: int, limit: int) -> list[SequencedLeaf]:
    """Return the next `limit` leaves of what a person did themself, and of what was done by rule, by nobody
    in person, to them or to `things` of theirs, whose place is behind `after`, in order.
    """
    about = [str(each) for each in (subject_id, *things)]
    by_rule = Q(leaf__subject_id=None, leaf__account_id=None, leaf__subject__in=about)
    rows = (
        Sequenced.objects.filter(index__gt=after)
        .filter(Q(leaf__subject_id=subject_id) | by_rule)
        .select_related("leaf")
        .order_by("index")[:limit]
    )
    return [SequencedLeaf(row.index, content_of(row.leaf)) for row in rows]


def sequenced_size() -> int:
    """Return how many leaves have a place."""
    last = Sequenced.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def waiting_count() -> int:
    """Return how many leaves have no place yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_leaf l"
            " WHERE NOT EXISTS (SELECT FROM audit_sequenced s WHERE s.leaf_id = l.id)"
        )
        (waiting,) = cursor.fetchone()
    return int(waiting)


def accesses_of(
    subject_id: UUID, *, limit: int, before: UUID | None = None, since: dt.datetime | None = None
) -> list[Access]:
    """Return who looked at the data of a person, the latest first; `before` is the last id of the page
    before, `since` the instant with which the list ends.
    """
    rows = AccessTrace.objects.filter(subject_id=subject_id)
    if before is not None:
        rows = rows.filter(id__lt=before)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return [
        Access(
            id=row.id,
            role=row.role,
            channel=row.channel,
            actor_subject_id=row.actor_subject_id,
            purpose=row.purpose,
            what=row.what,
            at=row.at,
            agency_id=row.agency_id,
            unit_id=row.unit_id,
        )
        for row in rows.order_by("-id")[:limit]
    ]


def last_readings(purposes: Collection[str], *, actor: Actor) -> dict[str, dt.datetime]:
    """Return when a program last read something of the actor's, by the purpose it reads for; those that never
    did are missing. Raises `NotFound` if nobody is signed in.
    """
    if actor.subject_id is None:
        raise NotFound
    rows = AccessTrace.objects.filter(
        subject_id=actor.subject_id, channel=Channel.API.value, purpose__in=purposes
    )
    return dict(rows.order_by("purpose", "-at").distinct("purpose").values_list("purpose", "at"))


def content_of(leaf: Leaf) -> LeafContent:
    """Return what the log vouches for of a row."""
    return LeafContent(
        id=leaf.id,
        event=leaf.event,
        role=leaf.role,
        channel=leaf.channel,
        subject_id=leaf.subject_id,
        account_id=leaf.account_id,
        subject=leaf.subject,
        facts=leaf.facts,
        at=leaf.at,
        salt=bytes(leaf.salt),
    )
