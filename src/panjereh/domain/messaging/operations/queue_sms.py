"""Put one text message on its way: a part of other operations."""

import datetime as dt
from uuid import UUID

from panjereh.domain.messaging.models import SmsMessage
from panjereh.domain.messaging.rules.sms_states import SmsState
from panjereh.plumbing import queue, sealing


def queue_sms(
    sms_id: UUID, *, mobile: str, text: str, useful_until: dt.datetime | None, at: dt.datetime
) -> None:
    """Keep a text message, sealed, and have it sent after this transaction."""
    SmsMessage.objects.create(
        id=sms_id,
        sealed_mobile=sealing.seal(sms_id, "mobile", mobile),
        sealed_text=sealing.seal(sms_id, "text", text),
        state=SmsState.QUEUED,
        queued_at=at,
        useful_until=useful_until,
    )
    queue.defer("messaging.send_sms", sms_id=sms_id)
