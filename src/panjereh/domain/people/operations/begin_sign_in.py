"""Begin a sign-in that the identity provider asked for."""

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access
from panjereh.domain.people.models import SignInChallenge
from panjereh.domain.people.rules import states

LIFE: Final = dt.timedelta(minutes=15)


@transaction.atomic(durable=True)
def begin_sign_in(
    challenge_id: UUID, *, login_challenge: str, visitor: access.Visitor, at: dt.datetime
) -> UUID:
    """Return the id of the sign-in that answers `login_challenge`, made now unless it already exists.

    Raises `NotFound` if another browser began it: an address copied from somebody else opens nothing.
    """
    made = SignInChallenge.objects.bulk_create(
        [
            SignInChallenge(
                id=challenge_id,
                login_challenge=login_challenge,
                browser_index=access.browser_index(visitor),
                state=states.SignInState.ASKED,
                path=states.SignInPath.ACCOUNT,
                begun_at=at,
                expires_at=at + LIFE,
            )
        ],
        ignore_conflicts=True,
    )
    challenge = SignInChallenge.objects.get(login_challenge=login_challenge)
    if made and challenge.id == challenge_id:
        audit.record(event="people.sign_in.begun", actor=access.SOMEBODY, subject=str(challenge_id), at=at)
    return access.own_challenge(challenge.id, visitor=visitor).id
