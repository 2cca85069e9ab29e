"""Open a message. The first time its addressee does so is a fact with legal weight."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language

from panjereh.domain.audit import api as audit
from panjereh.domain.messaging import access, events
from panjereh.domain.messaging.queries import MessageView, view_of
from panjereh.plumbing import outbox
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def read_message(
    message_id: UUID, *, actor: Actor, at: dt.datetime, language: str | None = None
) -> MessageView:
    """Return a message in `language` (the active one by default), and note when its addressee first read it.

    Read again, it keeps its first time. Read by the platform for somebody else, it leaves an access trace
    and stays unread. Raises `NotFound` for anybody else.
    """
    message = access.lock_message(message_id, actor=actor)
    if actor.subject_id != message.subject_id:
        audit.trace_access(subject_id=message.subject_id, actor=actor, what="messaging.message", at=at)
    elif message.read_at is None:
        message.read_at = at
        message.save(update_fields=["read_at"])
        audit.record(event="messaging.message.read", actor=actor, subject=str(message_id), at=at)
        outbox.emit(events.MessageRead(message_id=message.id, reference=message.reference), at=at)
    return view_of(message, language=language or get_language() or "fa")
