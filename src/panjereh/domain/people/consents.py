"""What people allowed programs: the way to its rows, and what is shown of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q

from panjereh.domain.people import access
from panjereh.domain.people.events import ConsentEnded
from panjereh.domain.people.models import Consent
from panjereh.domain.people.rules import consents as rules
from panjereh.domain.people.rules.consents import ConsentEnd
from panjereh.domain.people.signed_in import signed_in
from panjereh.plumbing import outbox
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound

# One for each registered program at most, and those are entered by hand.
MOST_LIVE: Final = 100
MOST_PAST: Final = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program asks a person for, and the words they read: its name and its wishes in `language`.

    `last_day` is the last day in Tehran on which it would be allowed.
    """

    client_id: str
    name: Mapping[str, str]
    scopes: Sequence[str]
    language: str
    wishes: Sequence[str]
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One consent. `name` is the program's, `{"fa": …, "en": …}`; `leaf_id` the leaf of the record.

    `end` is None while it was not ended; one whose last moment has passed is not live all the same.
    """

    id: UUID
    subject_id: UUID
    client_id: str
    name: Mapping[str, str]
    scopes: tuple[str, ...]
    leaf_id: UUID
    given_at: dt.datetime
    valid_until: dt.datetime
    is_live: bool
    ended_at: dt.datetime | None
    end: ConsentEnd | None
    is_end_told: bool

    @property
    def last_day(self) -> dt.date:
        """The last day in Tehran on which it holds, or would have."""
        return rules.last_day_of(self.valid_until)


@dataclass(frozen=True, slots=True)
class Consents:
    """What a person allows now, and the last ten things they allowed before; each newest first."""

    live: list[ConsentView]
    past: list[ConsentView]


def kept_consent(
    challenge_id: UUID, *, client_id: str, scopes: Sequence[str], visitor: access.Visitor, at: dt.datetime
) -> ConsentView | None:
    """Return the live consent of whoever signed in that allows a program all of this, None if none does.

    Raises `NotFound` unless this browser began the sign-in, `SignInStepImpossible` before anybody signed in.
    """
    person = signed_in(access.own_challenge(challenge_id, visitor=visitor))
    row = _live(client_id, person.subject_id, at)
    return view(row, at) if row is not None and rules.covers(row.scope, scopes) else None


def allows(subject_id: UUID, *, client_id: str, scope: str, at: dt.datetime) -> bool:
    """Whether a person allows a program one thing now. For whoever proved to come from that program."""
    row = _live(client_id, subject_id, at)
    return row is not None and rules.covers(row.scope, [scope])


def consents_of(*, actor: Actor, at: dt.datetime) -> Consents:
    """Return what the actor allows programs and allowed them. Raises `NotFound` if nobody is signed in."""
    if actor.subject_id is None:
        raise NotFound
    rows = Consent.objects.filter(subject_id=actor.subject_id).order_by("-given_at", "-id")
    live = rows.filter(ended_at=None, valid_until__gt=at)[:MOST_LIVE]
    past = rows.filter(Q(ended_at__isnull=False) | Q(valid_until__lte=at))[:MOST_PAST]
    return Consents([view(row, at) for row in live], [view(row, at) for row in past])


def consent(consent_id: UUID, *, actor: Actor, at: dt.datetime) -> ConsentView:
    """Return one consent to the person who gave it, or to the platform itself. Raises `NotFound`."""
    row = Consent.objects.filter(id=consent_id).first()
    if row is None or not (access.is_platform(actor) or actor.subject_id == row.subject_id):
        raise NotFound
    return view(row, at)


def program_names(*, actor: Actor) -> dict[str, Mapping[str, str]]:
    """Return by client identifier what the programs are called that the actor ever allowed something.

    Raises `NotFound` if nobody is signed in.
    """
    if actor.subject_id is None:
        raise NotFound
    rows = Consent.objects.filter(subject_id=actor.subject_id).order_by("client_id", "-given_at", "-id")
    return dict(rows.distinct("client_id").values_list("client_id", "name"))


def lock_own(consent_id: UUID, *, actor: Actor) -> Consent:
    """Return a consent of the actor, locked. Raises `NotFound`."""
    row = Consent.objects.select_for_update().filter(id=consent_id).first()
    if row is None or actor.subject_id != row.subject_id:
        raise NotFound
    return row


def lock_live(subject_id: UUID) -> list[Consent]:
    """Return every consent of a person that was not ended, locked."""
    rows = Consent.objects.select_for_update().filter(subject_id=subject_id, ended_at=None)
    return list(rows.order_by("id"))


def close(row: Consent, end: ConsentEnd, *, at: dt.datetime) -> None:
    """End a consent and have the identity provider told: a part of operations."""
    row.ended_at, row.end = max(at, row.given_at), end.value
    row.save(update_fields=["ended_at", "end"])
    outbox.emit(ConsentEnded(consent_id=row.id), at=at)


def view(row: Consent, at: dt.datetime) -> ConsentView:
    """Return a row as others see it."""
    return ConsentView(
        id=row.id,
        subject_id=row.subject_id,
        client_id=row.client_id,
        name=row.name,
        scopes=tuple(row.scope.split(" ")),
        leaf_id=row.leaf_id,
        given_at=row.given_at,
        valid_until=row.valid_until,
        is_live=rules.is_live(ended_at=row.ended_at, valid_until=row.valid_until, at=at),
        ended_at=row.ended_at,
        end=ConsentEnd(row.end) if row.end else None,
        is_end_told=row.end_told_at is not None,
    )


def _live(client_id: str, subject_id: UUID, at: dt.datetime) -> Consent | None:
    rows = Consent.objects.filter(subject_id=subject_id, client_id=client_id)
    return rows.filter(ended_at=None, valid_until__gt=at).first()
