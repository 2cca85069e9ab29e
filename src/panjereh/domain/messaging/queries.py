"""What the room shows: messages in words, and the practice outbox."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from panjereh.domain.messaging import access, texts
from panjereh.domain.messaging.gateway import PRACTICE_OUTBOX
from panjereh.domain.messaging.models import InboxMessage
from panjereh.domain.messaging.parameters import parameters_opener
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
    open_parameters = {owner: parameters_opener(owner) for owner in {row.subject_id for row in rows}}
    return [
        _view(row, open_parameters[row.subject_id](row.sealed_parameters), language=words) for row in rows
    ]


def practice_outbox(*, limit: int) -> list[PracticeSmsView]:
    """Return the newest text messages of the practice country. For the practice profile only."""
    open_one = sealing.opener(PRACTICE_OUTBOX)
    return [
        PracticeSmsView(
            id=row.id,
            mobile=open_one(f"mobile:{row.id}", row.sealed_mobile),
            text=open_one(f"text:{row.id}", row.sealed_text),
            written_at=row.written_at,
        )
        for row in access.newest_practice_sms(limit=limit)
    ]


def view_of(message: InboxMessage, *, language: str) -> MessageView:
    """Return a row in words."""
    parameters = parameters_opener(message.subject_id)(message.sealed_parameters)
    return _view(message, parameters, language=language)


def _view(message: InboxMessage, parameters: Mapping[str, str], *, language: str) -> MessageView:
    template = Template(message.template)
    return MessageView(
        id=message.id,
        template=template,
        title=texts.title(template, parameters, language=language),
        body=texts.body(template, parameters, language=language),
        reference=message.reference,
        posted_at=message.posted_at,
        read_at=message.read_at,
    )
