"""What the room shows to others: frozen values, opened only as far as asked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access
from panjereh.domain.people.models import Account, AccountState, SignInChallenge, Subject
from panjereh.domain.people.rules import codes, states
from panjereh.domain.people.signed_in import SignedIn, signed_in
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor
from panjereh_kernel.identifiers import Mobile, NationalNumber


@dataclass(frozen=True, slots=True)
class SignInView:
    """Where a sign-in stands, for its pages.

    `mobile` is masked and known only on the path where this visitor typed it. `awaited_register` names the
    data set a register owes us an answer for. `refusal` is the code of the last "no", `refused_until` when
    trying again makes sense.
    """

    id: UUID
    login_challenge: str
    state: states.SignInState
    path: states.SignInPath
    national_number: str
    mobile: str
    has_birth_date: bool
    awaited_register: str
    refusal: str
    refused_until: dt.datetime | None
    another_code_at: dt.datetime | None
    expires_at: dt.datetime
    signed_in: SignedIn | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account: whose it is, whether it opens anything, how surely its person is known and since when."""

    id: UUID
    subject_id: UUID
    is_active: bool
    ial: int
    proven_at: dt.datetime


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A natural person as the civil registry knows them; `as_of` is when it vouched for the values."""

    id: UUID
    given_name: str
    family_name: str
    father_name: str
    national_number: str
    birth_date: dt.date
    is_alive: bool
    source: str
    as_of: dt.datetime


def sign_in(challenge_id: UUID, *, visitor: access.Visitor, at: dt.datetime) -> SignInView:
    """Return where a sign-in stands. Raises `NotFound` unless this browser began it."""
    row = access.own_challenge(challenge_id, visitor=visitor)
    state = states.SignInState.EXPIRED if access.is_over(row, at) else states.SignInState(row.state)
    newest = access.newest_code(row)
    return SignInView(
        id=row.id,
        login_challenge=row.login_challenge,
        state=state,
        path=states.SignInPath(row.path),
        national_number=_masked_number(row),
        mobile=_masked_mobile(row),
        has_birth_date=row.sealed_birth_date is not None,
        awaited_register=row.awaited_register,
        refusal=row.refusal,
        refused_until=row.refused_until,
        another_code_at=newest.made_at + codes.PAUSE_BEFORE_ANOTHER if newest else None,
        expires_at=row.expires_at,
        signed_in=signed_in(row) if state is states.SignInState.ACCEPTED else None,
    )


def sign_in_state(challenge_id: UUID, *, visitor: access.Visitor, at: dt.datetime) -> states.SignInState:
    """Return only the state of a sign-in, for a page that waits. Raises `NotFound`."""
    row = access.own_challenge(challenge_id, visitor=visitor)
    return states.SignInState.EXPIRED if access.is_over(row, at) else states.SignInState(row.state)


def account(account_id: UUID) -> AccountView:
    """Return an account. Raises `NotFound`."""
    return _account_view(access.account(account_id))


def account_of_subject(subject_id: UUID) -> AccountView | None:
    """Return the account of a subject, None when it has none."""
    row = access.account_by_subject(subject_id)
    return _account_view(row) if row else None


def account_of_number(number: NationalNumber, *, actor: Actor) -> AccountView | None:
    """Return the account behind a national number, None when there is none. Of the platform itself alone:
    raises `NotFound` for anybody else, or who has an account could be tried out.
    """
    access.platform_alone(actor)
    row = access.account_by_number(access.number_indexes(number.value))
    return _account_view(row) if row else None


def person(subject_id: UUID, *, actor: Actor, at: dt.datetime) -> Person:
    """Return a person to themself, or to the platform itself, which leaves an access trace.

    Raises `NotFound` when absent and for anybody else. No trace, no data: the trace is written before
    anything is opened.
    """
    row = access.visible_subject(subject_id, actor=actor)
    if actor.subject_id != subject_id:
        audit.trace_access(subject_id=subject_id, actor=actor, what="people.person", at=at)
    open_one = sealing.opener(row.id)
    return Person(
        id=row.id,
        given_name=open_one("given_name", row.sealed_given_name),
        family_name=open_one("family_name", row.sealed_family_name),
        father_name=open_one("father_name", row.sealed_father_name),
        national_number=open_one("national_number", row.sealed_national_number),
        birth_date=dt.date.fromisoformat(open_one("birth_date", row.sealed_birth_date)),
        is_alive=row.life == "alive",
        source=row.source,
        as_of=row.source_as_of,
    )


def labels(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the name of each person for a list; ids without a subject are missing from the answer.

    Writes no trace: the page that shows the list has written one for the rows it shows.
    """
    rows = access.subjects(ids)
    openers = sealing.openers(row.id for row in rows)
    return {row.id: _full_name(row, openers[row.id]) for row in rows}


def mobile_to_notify(subject_id: UUID) -> str | None:
    """Return the mobile that notices go to, None without an active account. For messaging only."""
    row = access.account_by_subject(subject_id)
    if row is None or row.state != AccountState.ACTIVE:
        return None
    return sealing.unseal(row.subject_id, "mobile", row.sealed_mobile)


def _account_view(row: Account) -> AccountView:
    return AccountView(
        id=row.id,
        subject_id=row.subject_id,
        is_active=row.state == AccountState.ACTIVE,
        ial=row.ial,
        proven_at=row.proven_at,
    )


def _full_name(row: Subject, open_one: sealing.Opener) -> str:
    names = open_one("given_name", row.sealed_given_name), open_one("family_name", row.sealed_family_name)
    return " ".join(names)


def _masked_number(row: SignInChallenge) -> str:
    if row.sealed_national_number is None:
        return ""
    return NationalNumber(sealing.unseal(row.id, "national_number", row.sealed_national_number)).masked()


def _masked_mobile(row: SignInChallenge) -> str:
    if row.sealed_mobile is None or row.path != states.SignInPath.IDENTITY:
        return ""
    return Mobile(sealing.unseal(row.id, "mobile", row.sealed_mobile)).masked()
