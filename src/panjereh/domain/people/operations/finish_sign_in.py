"""End a sign-in: given up, or its time has passed. What was typed is erased with its key."""

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, attempts
from panjereh.domain.people.models import OneTimeCode, SignInChallenge
from panjereh.domain.people.rules import caps, states
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor

BATCH: Final = 200
COUNTERS_KEPT_FOR: Final = 2 * caps.WINDOW


def finish(challenge: SignInChallenge, event: states.SignInEvent, *, at: dt.datetime) -> None:
    """Take the last step and erase everything typed. A part of other operations."""
    access.step(challenge, event)
    challenge.finished_at = at
    challenge.sealed_national_number = challenge.sealed_birth_date = None
    challenge.sealed_mobile = challenge.sealed_findings = None
    challenge.save()
    OneTimeCode.objects.filter(challenge=challenge, voided_at=None, used_at=None).update(
        voided_at=at, sealed_code=None, sealed_mobile=None
    )
    sealing.erase_key(challenge.id, at=at)


@transaction.atomic(durable=True)
def give_up_sign_in(challenge_id: UUID, *, visitor: access.Visitor, at: dt.datetime) -> None:
    """End a sign-in because the person does not want it. Repeating it changes nothing.

    Raises `NotFound`, `SignInExpired`, and `SignInStepImpossible` if it was accepted.
    """
    challenge = access.lock_own_challenge(challenge_id, visitor=visitor, at=at)
    if challenge.state == states.SignInState.REFUSED:
        return
    finish(challenge, states.SignInEvent.GIVEN_UP, at=at)
    audit.record(event="people.sign_in.given_up", actor=access.SOMEBODY, subject=str(challenge_id), at=at)


@transaction.atomic(durable=True)
def expire_sign_ins(*, at: dt.datetime) -> int:
    """End sign-ins whose time has passed, a batch at a time, and drop old counters; return how many ended."""
    overdue = access.overdue_challenges(at, limit=BATCH)
    for challenge in overdue:
        finish(challenge, states.SignInEvent.TIME_PASSED, at=at)
        audit.record(
            event="people.sign_in.expired",
            actor=Actor.system(access.IDENTITY_PROOF),
            subject=str(challenge.id),
            at=at,
        )
    attempts.forget_before(at - COUNTERS_KEPT_FOR)
    return len(overdue)
