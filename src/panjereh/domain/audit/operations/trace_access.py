"""Write down who looks at a person's data, before they see it."""

import datetime as dt
import os
from collections.abc import Iterable
from uuid import UUID

from panjereh.plumbing import sql
from panjereh_kernel.actor import Actor
from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7

# One statement, so one transaction of its own: the ORM would make it three round trips.
_TRACES = """
INSERT INTO audit_accesstrace
    (id, subject_id, role, channel, actor_subject_id, actor_account_id, agency_id, unit_id, purpose, what, at)
SELECT trace_id, person, %s, %s, %s::uuid, %s::uuid, %s, %s, %s, %s, %s
FROM unnest(%s::uuid[], %s::uuid[]) AS each (trace_id, person)
"""


def trace_access(*, subject_id: UUID, actor: Actor, what: str, at: dt.datetime) -> None:
    """Write that `actor` reads `what` (a short code) of the person `subject_id`, for the actor's purpose.

    Durable on return, on a connection of its own that can insert and nothing else: it stays when the
    caller's transaction is rolled back, for the data was seen all the same. Any database error is the
    caller's: no trace, no data.
    """
    trace_accesses([subject_id], actor=actor, what=what, at=at)


def trace_accesses(subject_ids: Iterable[UUID], *, actor: Actor, what: str, at: dt.datetime) -> None:
    """Write the same for several persons, each their own trace, all of them or none; as durable."""
    people = list(subject_ids)
    sql.do(
        _TRACES,
        [
            actor.role.value,
            actor.channel.value,
            actor.subject_id,
            actor.account_id,
            actor.post.agency_id if actor.post else "",
            actor.post.unit_id if actor.post else "",
            actor.purpose,
            what,
            at,
            [make_uuid7(at, entropy=os.urandom(RANDOM_BYTES)) for _ in people],
            people,
        ],
        using="trace",
    )
