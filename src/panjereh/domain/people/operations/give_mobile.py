"""Take the mobile and have two registers asked whether number, birth date and phone are one person's."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, attempts
from panjereh.domain.people.models import AllottedSubject, OneTimeCode, SignInChallenge
from panjereh.domain.people.refusals import SignInStepImpossible
from panjereh.domain.people.rules import caps, states
from panjereh.plumbing import queue, sealing
from panjereh_kernel.identifiers import Mobile


@transaction.atomic(durable=True)
def give_mobile(
    challenge_id: UUID,
    *,
    mobile: Mobile,
    visitor: access.Visitor,
    subject_id: UUID,
    check_ids: tuple[UUID, UUID],
    at: dt.datetime,
) -> None:
    """Take the mobile and put the question to the registers on the queue.

    `subject_id` is used if no subject was ever allotted to the number; `check_ids` become the message ids of
    the two questions. The same mobile sent again while the registers are being asked changes nothing. Raises
    `NotFound`, `SignInExpired`, `SignInStepImpossible` (number or birth date is missing), `TooManyAttempts`.
    """
    challenge = access.lock_own_challenge(challenge_id, visitor=visitor, at=at)
    if challenge.sealed_national_number is None or challenge.sealed_birth_date is None:
        raise SignInStepImpossible(challenge.state)
    if _is_repeated(challenge, mobile):
        return
    _count(challenge, mobile, visitor, at)
    access.step(challenge, states.SignInEvent.IDENTITY_GIVEN)
    _void_codes(challenge, at)
    challenge.path = states.SignInPath.IDENTITY
    challenge.account_id, challenge.sealed_findings = None, None
    challenge.refusal, challenge.refused_until, challenge.awaited_register = "", None, ""
    challenge.sealed_mobile = sealing.seal(challenge.id, "mobile", mobile.value)
    challenge.subject_id = _allot_subject(challenge, subject_id, at)
    challenge.person_check_id, challenge.mobile_check_id = check_ids
    challenge.save()
    queue.defer("people.check_identity", challenge_id=challenge.id, check_id=check_ids[0])
    audit.record(event="people.identity.asked", actor=access.SOMEBODY, subject=str(challenge_id), at=at)


def _is_repeated(challenge: SignInChallenge, mobile: Mobile) -> bool:
    if challenge.state != states.SignInState.CHECKING or challenge.sealed_mobile is None:
        return False
    return sealing.unseal(challenge.id, "mobile", challenge.sealed_mobile) == mobile.value


def _count(challenge: SignInChallenge, mobile: Mobile, visitor: access.Visitor, at: dt.datetime) -> None:
    target = attempts.target(
        account=bytes(challenge.national_number_index or b""),
        mobile=access.mobile_index(mobile.value),
        address=visitor.address,
    )
    attempts.count(caps.AttemptKind.CHECK, target, at=at)


def _void_codes(challenge: SignInChallenge, at: dt.datetime) -> None:
    """A code sent for the account path must not prove the identity path."""
    OneTimeCode.objects.filter(challenge=challenge, voided_at=None, used_at=None).update(
        voided_at=at, sealed_code=None, sealed_mobile=None
    )


def _allot_subject(challenge: SignInChallenge, subject_id: UUID, at: dt.datetime) -> UUID:
    """Fix the subject id of the number, whichever index key it was allotted under.

    GAP: in the moment in which an index key is changed, two programs that use different current keys may
    allot one new person two ids, if that person signs in twice at once.
    """
    number = sealing.unseal(challenge.id, "national_number", challenge.sealed_national_number or b"")
    indexes = access.number_indexes(number)
    known = AllottedSubject.objects.filter(national_number_index__in=indexes).first()
    if known is not None:
        return known.subject_id
    index = indexes[0]
    AllottedSubject.objects.bulk_create(
        [AllottedSubject(national_number_index=index, subject_id=subject_id, allotted_at=at)],
        ignore_conflicts=True,
    )
    return AllottedSubject.objects.get(national_number_index=index).subject_id
