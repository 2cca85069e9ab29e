"""What the room shows: messages in words, and the practice outbox."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from panjereh.domain.messaging import access, texts
from panjereh.domain.messaging.gateway import PRACTICE_OUTBOX
from panjereh.domain.messaging.models import InboxMessage
from panjereh.domain.messaging.parameters import unseal_parameters
from panjereh.domain.messaging.rules.templates import Template
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor


@dataclass(frozen=True, slots=True, repr=False)
class MessageView:
    """One message in words. `reference` is the id of what it speaks of, `read_at` when first opened."""

    id: UUID
    template: Template
    title: str
    body: list[str]
    reference: UUID
    posted_at: dt.datetime
    read_at: dt.datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class PracticeSmsView:
    """One text message of the practice country."""

    id: UUID
    mobile: str
    text: str
    written_at: dt.datetime


def inbox(
    actor: Actor, *, limit: int, before: UUID | None = None, language: str | None = None
) -> list[MessageView]:
    """Return at most `limit` messages of the actor's own inbox, newest first, after the one with id `before`.

    Raises `NotFound` if nobody is signed in or `before` is not in this inbox.
    """
    words = language or get_language() or "fa"
    rows = access.inbox_page(actor=actor, limit=limit, before=before)
    return [view_of(row, language=words) for row in rows]


def practice_outbox(*, limit: int) -> list[PracticeSmsView]:
    """Return the newest text messages of the practice country. For the practice profile only."""
    return [
        PracticeSmsView(
            id=row.id,
            mobile=sealing.unseal(PRACTICE_OUTBOX, f"mobile:{row.id}", row.sealed_mobile),
            text=sealing.unseal(PRACTICE_OUTBOX, f"text:{row.id}", row.sealed_text),
            written_at=row.written_at,
        )
        for row in access.newest_practice_sms(limit=limit)
    ]


def view_of(message: InboxMessage, *, language: str) -> MessageView:
    """Return a row in words."""
    template = Template(message.template)
    parameters = unseal_parameters(message.subject_id, message.sealed_parameters)
    return MessageView(
        id=message.id,
        template=template,
        title=texts.title(template, parameters, language=language),
        body=texts.body(template, parameters, language=language),
        reference=message.reference,
        posted_at=message.posted_at,
        read_at=message.read_at,
    )
