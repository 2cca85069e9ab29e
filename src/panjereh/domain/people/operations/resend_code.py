"""Send another code to the same phone."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.people import access
from panjereh.domain.people.models import SignInChallenge
from panjereh.domain.people.operations.issue_code import issue_code
from panjereh.domain.people.refusals import SignInStepImpossible
from panjereh.domain.people.rules import codes, states
from panjereh.plumbing import sealing


@transaction.atomic(durable=True)
def resend_code(
    challenge_id: UUID, *, visitor: access.Visitor, code_id: UUID, code: str, at: dt.datetime
) -> None:
    """Void the older code and send `code`. Within a minute of the last one it changes nothing.

    Raises `NotFound`, `SignInExpired`, `SignInStepImpossible`, `TooManyAttempts`.
    """
    challenge = access.lock_own_challenge(challenge_id, visitor=visitor, at=at)
    if challenge.state != states.SignInState.CODE_SENT:
        raise SignInStepImpossible(challenge.state)
    newest = access.lock_newest_code(challenge)
    if not codes.may_send_another(newest.made_at if newest else None, at):
        return
    issue_code(
        challenge,
        mobile=_mobile_of(challenge),
        address=visitor.address,
        code_id=code_id,
        code=code,
        at=at,
    )


def _mobile_of(challenge: SignInChallenge) -> str | None:
    if challenge.path == states.SignInPath.IDENTITY:
        return sealing.unseal(challenge.id, "mobile", challenge.sealed_mobile or b"")
    if challenge.account_id is None:
        return None
    account = access.account(challenge.account_id)
    return sealing.unseal(account.subject_id, "mobile", account.sealed_mobile)
