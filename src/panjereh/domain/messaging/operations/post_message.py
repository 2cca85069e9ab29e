"""Put a message into somebody's inbox, and a text message that points to it on its way."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.messaging import texts
from panjereh.domain.messaging.models import InboxMessage
from panjereh.domain.messaging.operations.queue_sms import queue_sms
from panjereh.domain.messaging.parameters import seal_parameters
from panjereh.domain.messaging.rules.templates import WITHOUT_SMS, Template, check_parameters
from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor

PURPOSE = "messaging.notice"


def post_message(
    message_id: UUID,
    *,
    subject_id: UUID,
    template: str,
    parameters: Mapping[str, str],
    reference: UUID,
    at: dt.datetime,
) -> None:
    """Post a message: a step, inside the caller's transaction. Repeating it with the same id changes nothing.

    `parameters` are those of the template (`rules/templates.py`), `reference` is the id of what the message
    speaks of, such as a case. A person with an active account also gets a text message that points to the
    inbox, unless the message only confirms what they just did.
    Raises `ParametersFaulty` and `ValueError` for an unknown template: bugs of the caller.
    """
    check_parameters(Template(template), parameters)
    if InboxMessage.objects.filter(id=message_id).exists():
        return
    InboxMessage.objects.create(
        id=message_id,
        subject_id=subject_id,
        template=Template(template),
        sealed_parameters=seal_parameters(subject_id, parameters),
        reference=reference,
        posted_at=at,
    )
    audit.record(
        event="messaging.message.posted",
        actor=Actor.system(PURPOSE),
        subject=str(message_id),
        at=at,
        facts={"reference": str(reference)},
    )
    mobile = None if template in WITHOUT_SMS else people.mobile_to_notify(subject_id)
    if mobile is not None:
        queue_sms(message_id, mobile=mobile, text=texts.notice_text(), useful_until=None, at=at)
