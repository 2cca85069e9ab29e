"""What we ask of whoever carries text messages, and the one that the practice country has."""

import datetime as dt
from typing import Final, Protocol
from uuid import UUID

from panjereh.domain.messaging.models import PracticeSms
from panjereh.plumbing import sealing

# The owner of the one key that seals the practice outbox: a message's own key is erased once it is sent.
PRACTICE_OUTBOX: Final = UUID("00000000-0000-7000-8000-0000000009ac")


class GatewayUnavailable(Exception):  # noqa: N818 -- reads as what happened
    """No answer, or a late one: the message may have been sent all the same."""


class GatewayTurnedDown(Exception):  # noqa: N818 -- reads as what happened
    """The gateway will never carry this message, as to a number that does not exist."""


class SmsGateway(Protocol):
    """A carrier of text messages. GAP: no adapter of a real carrier is here yet."""

    def send(self, message_id: UUID, *, mobile: str, text: str, at: dt.datetime) -> None:
        """Hand one message over, once per `message_id`: a repeated id must not reach the phone twice.

        `mobile` is in international form. Raises `GatewayUnavailable` or `GatewayTurnedDown`.
        """
        ...


class PracticeGateway:
    """The carrier of the practice country: the phone is a page that anybody may look at."""

    def send(self, message_id: UUID, *, mobile: str, text: str, at: dt.datetime) -> None:
        """Write the message where the practice outbox shows it; a repeated id writes nothing."""
        PracticeSms.objects.bulk_create(
            [
                PracticeSms(
                    id=message_id,
                    sealed_mobile=sealing.seal(PRACTICE_OUTBOX, f"mobile:{message_id}", mobile),
                    sealed_text=sealing.seal(PRACTICE_OUTBOX, f"text:{message_id}", text),
                    written_at=at,
                )
            ],
            ignore_conflicts=True,
        )
