"""The life of one text message, as a table.

A gateway that does not answer may have sent all the same. So a message stays queued and is handed over again
under the same id, which the gateway must know again; after the last try, or when the text is of no use any
more, it has failed.
"""

import datetime as dt
from enum import StrEnum
from typing import Final

MOST_ATTEMPTS: Final = 8


class SmsState(StrEnum):
    """Where a text message stands."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class SmsEvent(StrEnum):
    """What may happen to it."""

    TAKEN = "taken"
    NO_ANSWER = "no_answer"
    NO_ANSWER_AT_LAST = "no_answer_at_last"
    TURNED_DOWN = "turned_down"
    OUT_OF_DATE = "out_of_date"


STEPS: Final[dict[SmsState, dict[SmsEvent, SmsState]]] = {
    SmsState.QUEUED: {
        SmsEvent.TAKEN: SmsState.SENT,
        SmsEvent.NO_ANSWER: SmsState.QUEUED,
        SmsEvent.NO_ANSWER_AT_LAST: SmsState.FAILED,
        SmsEvent.TURNED_DOWN: SmsState.FAILED,
        SmsEvent.OUT_OF_DATE: SmsState.FAILED,
    },
    # A second worker may report on a message that the first has finished: what is finished stays.
    SmsState.SENT: dict.fromkeys(SmsEvent, SmsState.SENT),
    SmsState.FAILED: dict.fromkeys(SmsEvent, SmsState.FAILED) | {SmsEvent.TAKEN: SmsState.SENT},
}


def next_state(state: SmsState, event: SmsEvent) -> SmsState:
    """Return the state after `event`."""
    return STEPS[state][event]


def after_no_answer(attempts: int) -> SmsEvent:
    """Return what an unanswered attempt is, being the `attempts`-th."""
    return SmsEvent.NO_ANSWER if attempts < MOST_ATTEMPTS else SmsEvent.NO_ANSWER_AT_LAST


def is_useful(useful_until: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether the text still helps its reader; None means it always does."""
    return useful_until is None or at < useful_until
