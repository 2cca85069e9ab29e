"""Deliver one event to everyone who subscribed to it."""

import logging
from collections.abc import Callable
from functools import partial
from uuid import UUID

from panjereh.jobs.registry import job
from panjereh.jobs.subscriptions import SUBSCRIPTIONS, Subscription
from panjereh.plumbing import edge, outbox, sql
from panjereh.plumbing.models import OutboxDelivery, OutboxEvent

log = logging.getLogger(__name__)
_NOTE_DELIVERY = """
INSERT INTO plumbing_outboxdelivery (event_id, subscriber, delivered_at) VALUES (%s, %s, %s)
ON CONFLICT DO NOTHING
"""


class SubscribersFailed(Exception):  # noqa: N818 -- reads as what happened
    """Some subscribers failed; the job is tried again and skips those that succeeded."""


@job("outbox.deliver")
def deliver(event_id: str, just_emitted: outbox.Event | None = None) -> None:
    """Call each subscriber that has not had this event yet. One that fails does not hold the others up.

    `just_emitted` is the event itself, from the work that emitted it a moment ago: nobody has had it yet.
    """
    number = UUID(event_id)
    failed = _deliver_kept(number) if just_emitted is None else _deliver_new(number, just_emitted)
    if failed:
        raise SubscribersFailed(", ".join(failed))


def _deliver_kept(event_id: UUID) -> list[str]:
    event = OutboxEvent.objects.get(id=event_id)
    done = set(OutboxDelivery.objects.filter(event=event).values_list("subscriber", flat=True))
    waiting = [each for each in SUBSCRIPTIONS if each.event.name == event.name and each.name not in done]
    return [
        each.name
        for each in waiting
        if not _is_told(each, event_id, partial(outbox.read_event, each.event, event.payload))
    ]


def _deliver_new(event_id: UUID, event: outbox.Event) -> list[str]:
    waiting = [each for each in SUBSCRIPTIONS if each.event.name == event.name]
    return [each.name for each in waiting if not _is_told(each, event_id, lambda: event)]


def _is_told(subscription: Subscription, event_id: UUID, event: Callable[[], outbox.Event]) -> bool:
    try:
        subscription.handle(event(), edge.now())
    except Exception:
        # The boundary between subscribers: whatever one does wrong, the next still gets the event.
        log.exception("subscriber failed: %s", subscription.name)
        return False
    sql.do(_NOTE_DELIVERY, [event_id, subscription.name, edge.now()])
    return True
