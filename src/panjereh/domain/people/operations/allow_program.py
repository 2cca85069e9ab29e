"""Allow a program: the person who just signed in says what it may do for them, and until when."""

import datetime as dt
import hashlib
import json
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, consents
from panjereh.domain.people.events import ProgramAllowed
from panjereh.domain.people.models import Consent
from panjereh.domain.people.rules import consents as rules
from panjereh.domain.people.signed_in import SignedIn, signed_in
from panjereh.plumbing import outbox
from panjereh_kernel.actor import Actor, Channel, Role


@transaction.atomic(durable=True)
def allow_program(
    challenge_id: UUID, *, consent_id: UUID, asked: consents.Asked, visitor: access.Visitor, at: dt.datetime
) -> consents.ConsentView:
    """Keep that whoever signed in allowed a program this, and return it, before the program gets its token.

    What the person allows the program already is returned as it is: an answer given twice, or in two tabs,
    counts once. Anything more replaces what was allowed before. Raises `NotFound`, `SignInExpired`, and
    `SignInStepImpossible` while nobody has signed in.
    """
    person = signed_in(access.lock_own_challenge(challenge_id, visitor=visitor, at=at))
    access.lock_accounts(person.subject_id)  # two sign-ins of one person allow one after the other
    for row in consents.lock_live(person.subject_id):
        if row.client_id != asked.client_id:
            continue
        held = consents.view(row, at)
        if held.is_live and rules.covers(row.scope, asked.scopes):
            return held
        consents.close(row, rules.ConsentEnd.REPLACED, at=at)
    row = _keep(consent_id, person, asked, at)
    outbox.emit(ProgramAllowed(consent_id=row.id), at=at)
    return consents.view(row, at)


def _keep(consent_id: UUID, person: SignedIn, asked: consents.Asked, at: dt.datetime) -> Consent:
    scope = " ".join(sorted(asked.scopes))
    leaf_id = audit.record(
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
        facts={
            "client": asked.client_id,
            "consent": str(consent_id),
            "scopes": scope,
            "shown_sha256": _digest(asked),
            "until": asked.last_day.isoformat(),
        },
    )
    return Consent.objects.create(
        id=consent_id,
        subject_id=person.subject_id,
        client_id=asked.client_id,
        name=dict(asked.name),
        scope=scope,
        language=asked.language,
        wishes=list(asked.wishes),
        leaf_id=leaf_id,
        given_at=at,
        valid_until=rules.end_of(asked.last_day),
    )


def _digest(asked: consents.Asked) -> str:
    """Return the SHA-256 of the words the person read, of which the row keeps the words themselves."""
    shown = {
        "language": asked.language,
        "name": dict(asked.name),
        "until": asked.last_day.isoformat(),
        "wishes": list(asked.wishes),
    }
    text = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
