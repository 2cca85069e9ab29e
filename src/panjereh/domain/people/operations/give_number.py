"""Name the account: the national number, and a code to the phone of the account if there is one."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access
from panjereh.domain.people.models import AccountState, SignInChallenge
from panjereh.domain.people.operations.issue_code import issue_code
from panjereh.domain.people.rules import codes, states
from panjereh.plumbing import sealing
from panjereh_kernel.identifiers import NationalNumber


@transaction.atomic(durable=True)
def give_number(
    challenge_id: UUID,
    *,
    national_number: NationalNumber,
    visitor: access.Visitor,
    code_id: UUID,
    code: str,
    at: dt.datetime,
) -> None:
    """Take the national number and send `code` to the mobile of its account.

    A number without account takes the same steps with a code that is never sent. Repeating it within a
    minute changes nothing; another number, or the same one later, voids the older code. Raises `NotFound`,
    `SignInExpired`, `SignInStepImpossible`, `TooManyAttempts`.
    """
    challenge = access.lock_own_challenge(challenge_id, visitor=visitor, at=at)
    indexes = access.number_indexes(national_number.value)
    if _is_repeated(challenge, indexes, at):
        return
    access.step(challenge, states.SignInEvent.NUMBER_GIVEN)
    _forget_older_answers(challenge)
    account = access.account_by_number(indexes)
    mobile = None
    if account is not None and account.state == AccountState.ACTIVE:
        challenge.account_id, challenge.subject_id = account.id, account.subject_id
        mobile = sealing.unseal(account.subject_id, "mobile", account.sealed_mobile)
    challenge.national_number_index = indexes[0]
    challenge.sealed_national_number = sealing.seal(challenge.id, "national_number", national_number.value)
    issue_code(challenge, mobile=mobile, address=visitor.address, code_id=code_id, code=code, at=at)
    challenge.save()
    audit.record(event="people.sign_in.number_given", actor=access.SOMEBODY, subject=str(challenge_id), at=at)


def _is_repeated(challenge: SignInChallenge, indexes: list[bytes], at: dt.datetime) -> bool:
    if challenge.state != states.SignInState.CODE_SENT or challenge.path != states.SignInPath.ACCOUNT:
        return False
    newest = access.newest_code(challenge)
    same = bytes(challenge.national_number_index or b"") in indexes
    return same and newest is not None and not codes.may_send_another(newest.made_at, at)


def _forget_older_answers(challenge: SignInChallenge) -> None:
    """What was typed or found for another number must never open the account of this one."""
    challenge.path = states.SignInPath.ACCOUNT
    challenge.account_id = challenge.subject_id = None
    challenge.sealed_birth_date = challenge.sealed_mobile = challenge.sealed_findings = None
    challenge.person_check_id = challenge.mobile_check_id = None
    challenge.awaited_register = challenge.refusal = ""
    challenge.refused_until = None
