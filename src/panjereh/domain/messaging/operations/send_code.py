"""Send a one-time code that the room `people` wants sent."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.messaging import texts
from panjereh.domain.messaging.operations.queue_sms import queue_sms
from panjereh.domain.people import api as people


@transaction.atomic(durable=True)
def send_code(code_id: UUID, *, host: str, at: dt.datetime) -> None:
    """Take the code and put it on its way, bound to `host`, our address without scheme.

    Repeating it changes nothing: a code is handed over once, and only if somebody waits for it.
    """
    taken = people.code_to_send(code_id, at=at)
    if taken is None:
        return
    queue_sms(
        code_id,
        mobile=taken.mobile,
        text=texts.code_text(taken.code, host=host),
        useful_until=taken.expires_at,
        at=at,
    )
