"""Change the key that wraps everybody's keys, batch by batch, and take the old one out of use."""

import datetime as dt

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def rewrap_keys(*, limit: int, actor: Actor, at: dt.datetime) -> int:
    """Wrap up to `limit` keys with the current wrapping key; return how many, 0 when nothing is left to do.

    For the platform alone: raises `NotFound` for anybody else, `WrappingKeyMissing` when a key was wrapped
    with one this program does not hold. Each call is whole in itself, so a run that was killed goes on where
    it was, and two runs at once share the work.
    """
    access.platform_alone(actor)
    done = sealing.rewrap_keys(limit=limit)
    if done.count:
        audit.record(
            event="people.keys.rewrapped",
            actor=actor,
            subject=done.key_id,
            at=at,
            facts={"count": done.count},
        )
    return done.count


@transaction.atomic(durable=True)
def retire_wrapping_key(key_id: str, *, actor: Actor, at: dt.datetime) -> None:
    """Note that an old wrapping key is out of use and may be destroyed. Repeating changes nothing.

    For the platform alone: raises `NotFound` for anybody else, `WrappingKeyInUse` while it wraps anything.
    """
    access.platform_alone(actor)
    if sealing.retire_key(key_id, at=at):
        audit.record(event="people.wrapping_key.retired", actor=actor, subject=key_id, at=at)
