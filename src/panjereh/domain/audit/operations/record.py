"""Write down that something happened, in the transaction in which it happens."""

import datetime as dt
import json
import os
from uuid import UUID

from panjereh.domain.audit.rules.canonical import SALT_BYTES, Facts, checked_facts
from panjereh.plumbing import sql
from panjereh_kernel.actor import Actor
from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7

# By hand: every change in the country bears this statement (B-AUDIT).
_LEAF = """
INSERT INTO audit_leaf (id, event, role, channel, subject_id, account_id, subject, facts, at, salt)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_as_json = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes an encoder each time


def record(*, event: str, actor: Actor, subject: str, at: dt.datetime, facts: Facts | None = None) -> UUID:
    """Write one leaf and return its id. A step: it lives or dies with the caller's transaction.

    `event` is `<room>.<thing>.<past verb>`, `subject` the id of what it happened to, `facts` short codes
    and ids, to which an officer's agency and unit are added. None of them may hold personal data: a leaf is
    never erased. Raises `TypeError` for any other kind of fact. What the database refuses is raised by the
    caller's next statement, or by its COMMIT.
    """
    # Drawn here and not handed in: nothing is ever decided by them, and no caller has a use for them.
    drawn = os.urandom(RANDOM_BYTES + SALT_BYTES)
    leaf_id = make_uuid7(at, entropy=drawn[:RANDOM_BYTES])
    sql.do(
        _LEAF,
        [
            leaf_id,
            event,
            actor.role.value,
            actor.channel.value,
            actor.subject_id,
            actor.account_id,
            subject,
            _as_json(checked_facts({**_place_of(actor), **(facts or {})})),
            at,
            drawn[RANDOM_BYTES:],
        ],
    )
    return leaf_id


def _place_of(actor: Actor) -> Facts:
    if actor.post is None:
        return {}
    unit = {"officer_unit": actor.post.unit_id} if actor.post.unit_id else {}
    return {"officer_agency": actor.post.agency_id, **unit}
