"""Carriers of text messages that fail in each way a carrier can."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from panjereh.domain.messaging.gateway import GatewayTurnedDown, GatewayUnavailable


@dataclass
class Phone:
    """What arrived, once per id: the promise every carrier makes."""

    got: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    calls: int = 0

    def send(self, message_id: UUID, *, mobile: str, text: str, at: dt.datetime) -> None:
        assert at
        self.calls += 1
        self.got.setdefault(message_id, (mobile, text))


@dataclass
class Failing(Phone):
    """Fails the first `failures` times, and the message did not go."""

    failures: int = 1

    def send(self, message_id: UUID, *, mobile: str, text: str, at: dt.datetime) -> None:
        if self.calls < self.failures:
            self.calls += 1
            raise GatewayUnavailable
        super().send(message_id, mobile=mobile, text=text, at=at)


@dataclass
class FailingAfterwards(Phone):
    """Answers late or not at all the first time, though the message went."""

    def send(self, message_id: UUID, *, mobile: str, text: str, at: dt.datetime) -> None:
        super().send(message_id, mobile=mobile, text=text, at=at)
        if self.calls == 1:
            raise GatewayUnavailable


@dataclass
class TurningDown(Phone):
    """Will never carry it."""

    def send(self, message_id: UUID, *, mobile: str, text: str, at: dt.datetime) -> None:
        self.calls += 1
        raise GatewayTurnedDown


@dataclass
class Killing(Phone):
    """The worker dies between the carrier's yes and our note of it, the first time."""

    def send(self, message_id: UUID, *, mobile: str, text: str, at: dt.datetime) -> None:
        super().send(message_id, mobile=mobile, text=text, at=at)
        if self.calls == 1:
            raise KeyboardInterrupt
