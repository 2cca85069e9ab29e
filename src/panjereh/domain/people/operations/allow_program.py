"""Allow a program: the person who just signed in says what it may do for them."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access
from panjereh.domain.people.signed_in import signed_in
from panjereh_kernel.actor import Actor, Channel, Role


@transaction.atomic(durable=True)
def allow_program(
    challenge_id: UUID, *, client_id: str, scopes: Sequence[str], visitor: access.Visitor, at: dt.datetime
) -> None:
    """Record that whoever signed in allowed a program these scopes, before the program gets its token.

    It is the record of the person's word and opens nothing by itself: the identity provider makes the token,
    for ten minutes. Repeating it records it again. Raises `NotFound`, `SignInExpired`, and
    `SignInStepImpossible` while nobody has signed in.
    """
    challenge = access.lock_own_challenge(challenge_id, visitor=visitor, at=at)
    person = signed_in(challenge)
    audit.record(
        event="people.program.allowed",
        actor=Actor(
            role=Role.CITIZEN,
            channel=Channel.WEB,
            purpose="own-affairs",
            subject_id=person.subject_id,
            account_id=person.account_id,
        ),
        subject=str(person.subject_id),
        at=at,
        facts={"client": client_id, "scopes": " ".join(sorted(scopes))},
    )
