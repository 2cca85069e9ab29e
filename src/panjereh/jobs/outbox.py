"""Deliver one event to everyone who subscribed to it."""

import logging
from uuid import UUID

from panjereh.jobs.registry import job
from panjereh.jobs.subscriptions import SUBSCRIPTIONS, Subscription
from panjereh.plumbing import edge, outbox
from panjereh.plumbing.models import OutboxDelivery, OutboxEvent

log = logging.getLogger(__name__)


class SubscribersFailed(Exception):  # noqa: N818 -- reads as what happened
    """Some subscribers failed; the job is tried again and skips those that succeeded."""


@job("outbox.deliver")
def deliver(event_id: str) -> None:
    """Call each subscriber that has not had this event yet. One that fails does not hold the others up."""
    event = OutboxEvent.objects.get(id=UUID(event_id))
    done = set(OutboxDelivery.objects.filter(event=event).values_list("subscriber", flat=True))
    waiting = [each for each in SUBSCRIPTIONS if each.event.name == event.name and each.name not in done]
    failed = [each.name for each in waiting if not _deliver_to(each, event)]
    if failed:
        raise SubscribersFailed(", ".join(failed))


def _deliver_to(subscription: Subscription, event: OutboxEvent) -> bool:
    try:
        subscription.handle(outbox.read_event(subscription.event, event.payload), edge.now())
    except Exception:
        # The boundary between subscribers: whatever one does wrong, the next still gets the event.
        log.exception("subscriber failed: %s", subscription.name)
        return False
    OutboxDelivery.objects.bulk_create(
        [OutboxDelivery(event=event, subscriber=subscription.name, delivered_at=edge.now())],
        ignore_conflicts=True,
    )
    return True
