"""The rows of `messaging` in the table of doors."""

from typing import Any

from panjereh.domain.messaging import api as messaging
from tests.platform.access.answers import ABSENT, DONE, Operation
from tests.platform.access.country import AT, Country


def message_of(of: Country) -> Any:
    return of.mina.message_ids[0]


ACTING = (
    # of the person alone: not even the platform acts in their place
    Operation("messaging.inbox", lambda _, who: messaging.inbox(who, limit=9), ABSENT, DONE, DONE, ABSENT),
    # of the person, and of the platform, which leaves a trace
    Operation(
        "messaging.read_message",
        lambda of, who: messaging.read_message(message_of(of), actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
)  # fmt: skip
PUBLIC = {"messaging.practice_outbox"}
CALLERS_RIGHT = {"messaging.drop_notices", "messaging.post_message"}
WORK = {"messaging.send_code", "messaging.send_sms", "messaging.tell_program_allowed"}
