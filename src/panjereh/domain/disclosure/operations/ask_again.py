"""Put questions that nobody is asking any more back into the queue."""

import datetime as dt

from django.db import transaction

from panjereh.domain.disclosure.models import Fact
from panjereh.domain.disclosure.rules.states import FactState
from panjereh.plumbing import queue

BATCH = 500
FORGOTTEN_AFTER = dt.timedelta(minutes=2)


@transaction.atomic(durable=True)
def ask_again(*, at: dt.datetime) -> int:
    """Enqueue the oldest questions that have waited too long, and return how many.

    Harmless for those that are queued already.
    """
    waiting = Fact.objects.filter(state=FactState.ASKED, asked_at__lt=at - FORGOTTEN_AFTER)
    ids = list(waiting.order_by("asked_at").values_list("id", flat=True)[:BATCH])
    for fact_id in ids:
        queue.defer("disclosure.fetch", key=str(fact_id), fact_id=fact_id)
    return len(ids)
