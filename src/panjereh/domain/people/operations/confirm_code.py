"""Type the code: the moment somebody unknown becomes a known person, or does not."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, attempts
from panjereh.domain.people.models import OneTimeCode, SignInChallenge
from panjereh.domain.people.operations.finish_sign_in import finish
from panjereh.domain.people.operations.issue_code import is_code
from panjereh.domain.people.operations.open_account import open_account
from panjereh.domain.people.refusals import SignInStepImpossible
from panjereh.domain.people.rules import caps, codes, states
from panjereh.domain.people.signed_in import SignedIn, signed_in
from panjereh_kernel.refusal import Refusal


class CodeWrong(Refusal):
    """Not the code that was sent. `tries_left` is how often this code may still be typed."""

    code: ClassVar[str] = "code-wrong"
    status: ClassVar[int] = 422

    def __init__(self, tries_left: int) -> None:
        super().__init__(tries_left)
        self.tries_left = tries_left


class CodeExpired(Refusal):
    """Two minutes are over, it was typed wrong too often, or a newer one was sent. The remedy is another."""

    code: ClassVar[str] = "code-expired"
    status: ClassVar[int] = 422


def confirm_code(
    challenge_id: UUID, *, code: str, visitor: access.Visitor, account_id: UUID, at: dt.datetime
) -> SignedIn:
    """Return who signed in. Opens the account `account_id` if the person had none.

    Raises `CodeWrong`, `CodeExpired`, `TooManyAttempts`, `AccountLocked`, `NotFound`, `SignInExpired` and
    `SignInStepImpossible`. A wrong code is counted for good. Repeating it after success answers the same.
    """
    outcome = _try_code(challenge_id, code=code, visitor=visitor, account_id=account_id, at=at)
    # Raised only here: inside the transaction it would undo the counting.
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


@transaction.atomic(durable=True)
def _try_code(
    challenge_id: UUID, *, code: str, visitor: access.Visitor, account_id: UUID, at: dt.datetime
) -> SignedIn | Refusal:
    challenge = access.lock_own_challenge(challenge_id, visitor=visitor, at=at)
    if challenge.state == states.SignInState.ACCEPTED:
        return signed_in(challenge)
    newest = access.lock_newest_code(challenge)
    if challenge.state != states.SignInState.CODE_SENT or newest is None:
        raise SignInStepImpossible(challenge.state)
    verdict = _count_and_judge(challenge, newest, code=code, visitor=visitor, at=at)
    if verdict is codes.Verdict.DEAD:
        return CodeExpired()
    if verdict is codes.Verdict.WRONG:
        return _wrong(challenge, newest, at)
    return _accept(challenge, newest, account_id, at)


def _count_and_judge(
    challenge: SignInChallenge,
    newest: OneTimeCode,
    *,
    code: str,
    visitor: access.Visitor,
    at: dt.datetime,
) -> codes.Verdict:
    """Count before comparing, so that not even a right code passes a reached cap."""
    target = attempts.target(
        account=bytes(challenge.national_number_index or b""),
        mobile=bytes(newest.mobile_index) if newest.mobile_index else None,
        address=visitor.address,
    )
    attempts.count(caps.AttemptKind.WRONG_CODE, target, at=at)
    facts = codes.CodeFacts(
        expires_at=newest.expires_at,
        tries=newest.tries,
        is_used_or_void=newest.used_at is not None or newest.voided_at is not None,
        is_decoy=newest.is_decoy,
    )
    is_same = is_code(newest, code)
    verdict = codes.judge(facts, is_same=is_same, at=at)
    if verdict is not codes.Verdict.WRONG:
        attempts.give_back(caps.AttemptKind.WRONG_CODE, target, at=at)
    return verdict


def _wrong(challenge: SignInChallenge, newest: OneTimeCode, at: dt.datetime) -> CodeWrong:
    newest.tries += 1
    newest.save(update_fields=["tries"])
    audit.record(event="people.code.refused", actor=access.SOMEBODY, subject=str(challenge.id), at=at)
    return CodeWrong(codes.TRIES - newest.tries)


def _accept(challenge: SignInChallenge, newest: OneTimeCode, account_id: UUID, at: dt.datetime) -> SignedIn:
    newest.used_at = at
    newest.sealed_code = newest.sealed_mobile = None
    newest.save(update_fields=["used_at", "sealed_code", "sealed_mobile"])
    account = open_account(challenge, account_id, at=at)
    challenge.account_id, challenge.subject_id = account.id, account.subject_id
    finish(challenge, states.SignInEvent.CODE_RIGHT, at=at)
    audit.record(
        event="people.sign_in.accepted",
        actor=access.SOMEBODY,
        subject=str(challenge.id),
        at=at,
        facts={"account": str(account.id), "path": str(challenge.path)},
    )
    return signed_in(challenge)
