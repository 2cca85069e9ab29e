"""Write down who looks at a person's data, before they see it."""

import datetime as dt
import os
from collections.abc import Iterable
from uuid import UUID

from panjereh.domain.audit.models import AccessTrace
from panjereh_kernel.actor import Actor
from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7


def trace_access(*, subject_id: UUID, actor: Actor, what: str, at: dt.datetime) -> None:
    """Write that `actor` reads `what` (a short code) of the person `subject_id`, for the actor's purpose.

    Durable on return, on a connection of its own that can insert and nothing else: it stays when the
    caller's transaction is rolled back, for the data was seen all the same. Any database error is the
    caller's: no trace, no data.
    """
    trace_accesses([subject_id], actor=actor, what=what, at=at)


def trace_accesses(subject_ids: Iterable[UUID], *, actor: Actor, what: str, at: dt.datetime) -> None:
    """Write the same for several persons, each their own trace, all of them or none; as durable."""
    AccessTrace.objects.using("trace").bulk_create(
        AccessTrace(
            id=make_uuid7(at, entropy=os.urandom(RANDOM_BYTES)),
            subject_id=subject_id,
            role=actor.role,
            channel=actor.channel,
            actor_subject_id=actor.subject_id,
            actor_account_id=actor.account_id,
            agency_id=actor.post.agency_id if actor.post else "",
            unit_id=actor.post.unit_id if actor.post else "",
            purpose=actor.purpose,
            what=what,
            at=at,
        )
        for subject_id in subject_ids
    )
