"""Take the birth date of somebody who signs in for the first time or with a new phone."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.people import access
from panjereh.domain.people.refusals import SignInStepImpossible
from panjereh.plumbing import sealing


@transaction.atomic(durable=True)
def give_birth_date(
    challenge_id: UUID, *, birth_date: dt.date, visitor: access.Visitor, at: dt.datetime
) -> None:
    """Keep the birth date, sealed, until the mobile is given too. Repeating it replaces the older one.

    Raises `NotFound`, `SignInExpired`, and `SignInStepImpossible` before a national number was given or
    after the end.
    """
    challenge = access.lock_own_challenge(challenge_id, visitor=visitor, at=at)
    if challenge.sealed_national_number is None:
        raise SignInStepImpossible(challenge.state)
    challenge.sealed_birth_date = sealing.seal(challenge.id, "birth_date", birth_date.isoformat())
    challenge.save(update_fields=["sealed_birth_date"])
