"""Who an accepted sign-in signed in: what operations and queries both answer with."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from panjereh.domain.people import access
from panjereh.domain.people.models import SignInChallenge
from panjereh.domain.people.refusals import SignInStepImpossible
from panjereh.domain.people.rules import identity


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, how strongly (`acr`), how surely known (`ial`) and when."""

    account_id: UUID
    subject_id: UUID
    acr: int
    ial: int
    at: dt.datetime


def signed_in(challenge: SignInChallenge) -> SignedIn:
    """Return who an accepted sign-in signed in."""
    if challenge.account_id is None or challenge.subject_id is None or challenge.finished_at is None:
        raise SignInStepImpossible(challenge.state)
    return SignedIn(
        account_id=challenge.account_id,
        subject_id=challenge.subject_id,
        acr=identity.ACR_CODE_BY_SMS,
        ial=access.account(challenge.account_id).ial,
        at=challenge.finished_at,
    )
