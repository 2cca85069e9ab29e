"""Find the account a right code opens, or make it: a part of `confirm_code`.

A person whom the registers confirmed again, on another phone, gets that phone on the same account: the proof
is the same as the one the account was opened with, and nobody is locked out by a lost phone.

GAP: no message goes to the phone that was replaced, and no cooling-off holds back stronger acts after it.
"""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, findings_box
from panjereh.domain.people.models import Account, AccountState, Life, SignInChallenge, Subject
from panjereh.domain.people.rules import identity, states
from panjereh.plumbing import sealing
from panjereh_kernel.refusal import Refusal

PERSON_SOURCE, MOBILE_SOURCE = "civil.person", "phone.ownership"


class AccountLocked(Refusal):
    """The account was locked; only somebody who proved the identity behind it learns so."""

    code: ClassVar[str] = "account-locked"
    status: ClassVar[int] = 403


def open_account(challenge: SignInChallenge, account_id: UUID, *, at: dt.datetime) -> Account:
    """Return the account of a sign-in whose code was right. Raises `AccountLocked`."""
    if challenge.path == states.SignInPath.ACCOUNT:
        return _active(access.account(challenge.account_id or account_id))
    findings = findings_box.open_box(challenge.id, challenge.sealed_findings or b"")
    subject = _keep_subject(challenge, findings, at)
    existing = access.account_by_subject(subject.id)
    account = _active(existing) if existing else Account(id=account_id, subject=subject, opened_at=at)
    _prove(account, challenge, findings, at)
    audit.record(
        event="people.account.proven_again" if existing else "people.account.opened",
        actor=access.SOMEBODY,
        subject=str(account.id),
        at=at,
    )
    return account


def _active(account: Account) -> Account:
    if account.state != AccountState.ACTIVE:
        raise AccountLocked
    return account


def _keep_subject(challenge: SignInChallenge, findings: identity.Findings, at: dt.datetime) -> Subject:
    """Write what the civil registry said over what it said before, with its time and its receipt."""
    subject_id = challenge.subject_id or challenge.id
    number = sealing.unseal(challenge.id, "national_number", challenge.sealed_national_number or b"")
    subject, _made = Subject.objects.update_or_create(
        id=subject_id,
        defaults=_sealed(subject_id, {**(findings.person or {}), "national_number": number})
        | {
            "national_number_index": access.number_index(number),
            "life": Life.ALIVE,
            "source": PERSON_SOURCE,
            "source_as_of": findings.person_as_of,
            "source_receipt_id": findings.person_receipt_id,
            "confirmed_at": at,
        },
    )
    return subject


def _sealed(subject_id: UUID, person: dict[str, Any]) -> dict[str, Any]:
    fields = ("given_name", "family_name", "father_name", "birth_date", "national_number")
    return {f"sealed_{name}": sealing.seal(subject_id, name, person[name]) for name in fields}


def _prove(
    account: Account, challenge: SignInChallenge, findings: identity.Findings, at: dt.datetime
) -> None:
    mobile = sealing.unseal(challenge.id, "mobile", challenge.sealed_mobile or b"")
    account.sealed_mobile = sealing.seal(account.subject_id, "mobile", mobile)
    account.mobile_index = access.mobile_index(mobile)
    account.mobile_source = MOBILE_SOURCE
    account.mobile_as_of = findings.mobile_as_of
    account.mobile_receipt_id = findings.mobile_receipt_id
    account.state = AccountState.ACTIVE
    account.ial = identity.IAL_REGISTERS_AGREE
    account.proven_at = at
    account.save()
