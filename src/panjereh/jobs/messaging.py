"""Jobs of messaging: the one place that knows which gateway carries text messages here."""

import datetime as dt
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from panjereh.domain.messaging import api as messaging
from panjereh.domain.people import api as people
from panjereh.jobs.registry import job
from panjereh.plumbing import edge


def gateway() -> messaging.SmsGateway:
    """Return the carrier of text messages. GAP: production has none yet."""
    if settings.PANJEREH.is_practice:
        return messaging.PracticeGateway()
    raise ImproperlyConfigured("no gateway for text messages is configured")


def send_code(event: people.CodeWanted, at: dt.datetime) -> None:
    """Subscriber to `people.code_wanted`: put the code on its way, bound to the host people see."""
    messaging.send_code(event.code_id, host=urlsplit(settings.PANJEREH.public_url).netloc, at=at)


@job("messaging.send_sms")
def send_sms(sms_id: str) -> None:
    """Hand one message over; no answer raises, and the job is tried again."""
    messaging.send_sms(UUID(sms_id), gateway=gateway(), at=edge.now())
