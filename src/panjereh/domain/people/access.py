"""The only way to a row of the room."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from panjereh.domain.people.models import Account, OneTimeCode, SignInChallenge, Subject
from panjereh.domain.people.refusals import SignInExpired, SignInStepImpossible
from panjereh.domain.people.rules import states
from panjereh.plumbing import sealing, sql
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound

IDENTITY_PROOF, BROWSER_FIELD = "identity.proof", "people.browser"
# Nobody is known before the end of a sign-in, so its acts are done by "somebody, for this purpose".
SOMEBODY = Actor.anonymous(IDENTITY_PROOF)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who stands before the sign-in pages: a secret only this browser has, and its network address."""

    browser: str
    address: str


def browser_index(visitor: Visitor) -> bytes:
    """Return what a challenge keeps of the browser that began it."""
    return sealing.blind_index(BROWSER_FIELD, visitor.browser)


def number_index(national_number: str) -> bytes:
    """Return the blind index of a national number."""
    return number_indexes(national_number)[0]


def number_indexes(national_number: str) -> list[bytes]:
    """Return the blind index of a national number under every index key, the current first."""
    return sealing.blind_indexes("people.national_number", national_number)


def mobile_index(mobile: str) -> bytes:
    """Return the blind index of a mobile number."""
    return sealing.blind_index("people.mobile", mobile)


def own_challenge(challenge_id: UUID, *, visitor: Visitor) -> SignInChallenge:
    """Return the sign-in this browser began. Raises `NotFound` for any other."""
    return _checked(SignInChallenge.objects.filter(id=challenge_id), visitor)


def lock_own_challenge(challenge_id: UUID, *, visitor: Visitor, at: dt.datetime) -> SignInChallenge:
    """Return the sign-in this browser began, locked. Raises `NotFound` and `SignInExpired`."""
    challenge = _checked(SignInChallenge.objects.select_for_update().filter(id=challenge_id), visitor)
    if is_over(challenge, at):
        raise SignInExpired
    return challenge


def lock_challenge_for_job(challenge_id: UUID) -> SignInChallenge | None:
    """Return a sign-in for the platform's own work, locked, None when it is gone."""
    return SignInChallenge.objects.select_for_update().filter(id=challenge_id).first()


def challenge_for_job(challenge_id: UUID) -> SignInChallenge | None:
    """Return a sign-in for the platform's own work, None when it is gone."""
    return SignInChallenge.objects.filter(id=challenge_id).first()


def overdue_challenges(at: dt.datetime, *, limit: int) -> list[SignInChallenge]:
    """Return sign-ins whose time has passed, locked; those another worker holds are left to it."""
    return list(
        SignInChallenge.objects.select_for_update(skip_locked=True)
        .filter(finished_at=None, expires_at__lte=at)
        .order_by("expires_at")[:limit]
    )


def is_over(challenge: SignInChallenge, at: dt.datetime) -> bool:
    """Whether the time of a sign-in has passed before it reached another end."""
    if challenge.state == states.SignInState.EXPIRED:
        return True
    return challenge.finished_at is None and at >= challenge.expires_at


def lock_newest_code(challenge: SignInChallenge) -> OneTimeCode | None:
    """Return the newest code of a sign-in, locked."""
    return OneTimeCode.objects.select_for_update().filter(challenge=challenge).order_by("-ordinal").first()


def newest_code(challenge: SignInChallenge) -> OneTimeCode | None:
    """Return the newest code of a sign-in."""
    return OneTimeCode.objects.filter(challenge=challenge).order_by("-ordinal").first()


def lock_code(code_id: UUID) -> OneTimeCode | None:
    """Return a code with its sign-in, locked."""
    return OneTimeCode.objects.select_for_update(of=("self",)).filter(id=code_id).first()


def subject(subject_id: UUID) -> Subject:
    """Return a subject. Raises `NotFound`. Who may see what of it is for the calling query to say."""
    found = sql.find(Subject, id=subject_id)
    if found is None:
        raise NotFound
    return found


def visible_subject(subject_id: UUID, *, actor: Actor) -> Subject:
    """Return a subject to that very person or to the platform itself. Raises `NotFound` for all others."""
    if actor.role is not Role.SYSTEM and actor.subject_id != subject_id:
        raise NotFound
    return subject(subject_id)


def is_platform(actor: Actor) -> bool:
    """Whether the platform itself acts: a job, or an operator's command."""
    return actor.role is Role.SYSTEM


def platform_alone(actor: Actor) -> None:
    """Let only the platform itself go on, by an operator's command. Raises `NotFound` for everybody else."""
    if not is_platform(actor):
        raise NotFound


def was_ever(subject_id: UUID) -> bool:
    """Whether somebody has this id, or had it before they were erased."""
    return Subject.objects.filter(id=subject_id).exists() or sealing.has_key(subject_id)


def lock_accounts(subject_id: UUID) -> None:
    """Lock the account of a subject, if there is one."""
    list(Account.objects.select_for_update().filter(subject_id=subject_id).order_by("id"))


def subjects(ids: Iterable[UUID]) -> list[Subject]:
    """Return the subjects with these ids that exist, in order of id."""
    return list(Subject.objects.filter(id__in=set(ids)).order_by("id"))


def account(account_id: UUID) -> Account:
    """Return an account. Raises `NotFound`."""
    found = Account.objects.filter(id=account_id).first()
    if found is None:
        raise NotFound
    return found


def account_by_subject(subject_id: UUID) -> Account | None:
    """Return the account of a subject, None when it has none."""
    return sql.find(Account, subject_id=subject_id)


def account_by_number(indexes: list[bytes]) -> Account | None:
    """Return the account behind the blind indexes of a national number, None when there is none."""
    return Account.objects.filter(subject__national_number_index__in=indexes).first()


def step(challenge: SignInChallenge, event: states.SignInEvent) -> None:
    """Move a sign-in on. Raises `SignInStepImpossible`."""
    state = states.SignInState(challenge.state)
    try:
        challenge.state = states.next_state(state, event)
    except states.ImpossibleStep as impossible:
        raise SignInStepImpossible(state) from impossible


def _checked(rows: QuerySet[SignInChallenge], visitor: Visitor) -> SignInChallenge:
    challenge = rows.first()
    if challenge is None or not sealing.is_indexed(challenge.browser_index, BROWSER_FIELD, visitor.browser):
        raise NotFound
    return challenge
