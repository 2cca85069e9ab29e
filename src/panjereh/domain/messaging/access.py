"""The only way to a row of the room."""

from uuid import UUID

from django.db.models import Q

from panjereh.domain.messaging.models import InboxMessage, PracticeSms, SmsMessage
from panjereh.domain.messaging.rules.sms_states import SmsState
from panjereh.plumbing import sql
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound


def lock_message(message_id: UUID, *, actor: Actor) -> InboxMessage:
    """Return a message of the actor's own inbox, or any for the platform itself. Raises `NotFound`."""
    rows = InboxMessage.objects.select_for_update().filter(id=message_id)
    if actor.role is not Role.SYSTEM:
        rows = rows.filter(subject_id=_own(actor))
    message = rows.first()
    if message is None:
        raise NotFound
    return message


def inbox_page(*, actor: Actor, limit: int, before: UUID | None) -> list[InboxMessage]:
    """Return messages of the actor's own inbox, newest first, after the one with id `before`.

    Raises `NotFound` if the actor has no inbox or `before` is not in it.
    """
    rows = InboxMessage.objects.filter(subject_id=_own(actor)).order_by("-posted_at", "-id")
    if before is not None:
        last = rows.filter(id=before).first()
        if last is None:
            raise NotFound
        rows = rows.filter(Q(posted_at__lt=last.posted_at) | Q(posted_at=last.posted_at, id__lt=last.id))
    return list(rows[:limit])


def lock_sms(sms_id: UUID) -> SmsMessage | None:
    """Return a text message, locked, None when there is none."""
    return sql.find(SmsMessage, is_locked=True, id=sms_id)


def lock_queued_notices(subject_id: UUID) -> list[SmsMessage]:
    """Return text messages on their way that point to a person's inbox, locked, by id."""
    ids = InboxMessage.objects.filter(subject_id=subject_id).values("id")
    rows = SmsMessage.objects.select_for_update(of=("self",)).filter(id__in=ids, state=SmsState.QUEUED)
    return list(rows.order_by("id"))


def newest_practice_sms(*, limit: int) -> list[PracticeSms]:
    """Return the newest messages of the practice outbox."""
    return list(PracticeSms.objects.order_by("-written_at", "-id")[:limit])


def _own(actor: Actor) -> UUID:
    if actor.subject_id is None:
        raise NotFound
    return actor.subject_id
