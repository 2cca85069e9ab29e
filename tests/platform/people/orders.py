"""Orders to erase for the tests, as two operators leave them; how they do is in `test_ordering_erasure`."""

import datetime as dt
from uuid import UUID

from panjereh.domain.people import api as people
from panjereh.domain.people.models import ErasureOrder
from tests.platform.people.desk import fresh_id


def approved_order(
    subject_id: UUID,
    *,
    at: dt.datetime,
    reason: people.ErasureReason = people.ErasureReason.HOLDER_ASKED,
) -> UUID:
    """Return the id of the order about somebody that waits to be carried out; made if there is none."""
    order = {
        "id": fresh_id(),
        "reason": reason,
        "asked_by": fresh_id(),
        "asked_at": at,
        "lapses_at": at + dt.timedelta(days=14),
        "decided_by": fresh_id(),
        "decided_at": at,
    }
    found, _ = ErasureOrder.objects.get_or_create(
        subject_id=subject_id, state=people.OrderState.APPROVED, defaults=order
    )
    return found.id
