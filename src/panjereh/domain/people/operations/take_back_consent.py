"""Take back what a program was allowed: from now on it gets nothing here, and soon no token anywhere."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, consents
from panjereh.domain.people.models import Consent
from panjereh.domain.people.rules.consents import ConsentEnd
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def take_back_consent(consent_id: UUID, *, actor: Actor, at: dt.datetime) -> None:
    """End a consent of the actor; one that ended already stays as it is. Raises `NotFound`.

    It holds at once: `allows` says no when this returns. The identity provider hears of it by
    `people.consent_ended`.
    """
    row = consents.lock_own(consent_id, actor=actor)
    if row.ended_at is not None:
        return
    consents.close(row, ConsentEnd.TAKEN_BACK, at=at)
    audit.record(
        event="people.program.taken_back",
        actor=actor,
        subject=str(row.subject_id),
        at=at,
        facts={"client": row.client_id, "consent": str(row.id)},
    )


@transaction.atomic(durable=True)
def note_end_told(consent_id: UUID, *, actor: Actor, at: dt.datetime) -> None:
    """Note that the identity provider heard of the end of a consent. Repeating it changes nothing.

    For the platform alone: raises `NotFound` for anybody else.
    """
    access.platform_alone(actor)
    untold = Consent.objects.filter(id=consent_id, ended_at__isnull=False, end_told_at=None)
    untold.update(end_told_at=at)
