"""The door of the room `messaging`: the inbox, which is the truth, and text messages that point to it.

`post_message` is a step inside the caller's transaction; the other verbs own a durable one. `send_sms` does
I/O and is for jobs only. A text message carries no personal data but a one-time code.
"""

from panjereh.domain.messaging.events import MessageRead
from panjereh.domain.messaging.gateway import (
    GatewayTurnedDown,
    GatewayUnavailable,
    PracticeGateway,
    SmsGateway,
)
from panjereh.domain.messaging.operations.post_message import post_message
from panjereh.domain.messaging.operations.read_message import read_message
from panjereh.domain.messaging.operations.send_code import send_code
from panjereh.domain.messaging.operations.send_sms import SmsNotSentYet, drop_notices, send_sms
from panjereh.domain.messaging.operations.tell_program_allowed import tell_program_allowed
from panjereh.domain.messaging.queries import MessageView, PracticeSmsView, inbox, practice_outbox
from panjereh.domain.messaging.rules.templates import ParametersFaulty, Template

__all__ = [
    "GatewayTurnedDown",
    "GatewayUnavailable",
    "MessageRead",
    "MessageView",
    "ParametersFaulty",
    "PracticeGateway",
    "PracticeSmsView",
    "SmsGateway",
    "SmsNotSentYet",
    "Template",
    "drop_notices",
    "inbox",
    "post_message",
    "practice_outbox",
    "read_message",
    "send_code",
    "send_sms",
    "tell_program_allowed",
]
