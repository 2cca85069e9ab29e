"""What an operator may be told about a job or a breach."""

from http import HTTPStatus
from typing import ClassVar

from panjereh_kernel.refusal import Refusal


class JobStepImpossible(Refusal):
    """The job was run again or put aside meanwhile."""

    code: ClassVar[str] = "job-step-impossible"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class JobWaitsAlready(Refusal):
    """Another job for the same work waits already: that one does it."""

    code: ClassVar[str] = "job-waits-already"


class BreachTimeWrong(Refusal):
    """A breach was noticed neither in the future nor more than a year ago."""

    code: ClassVar[str] = "breach-time-wrong"
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


class NoticeSettled(Refusal):
    """Somebody noted meanwhile how this notice ended."""

    code: ClassVar[str] = "breach-notice-settled"


class NoticesOpen(Refusal):
    """Somebody is neither told nor noted as not to be told: the breach stays open."""

    code: ClassVar[str] = "breach-notices-open"


class BreachClosed(Refusal):
    """Somebody closed the breach meanwhile."""

    code: ClassVar[str] = "breach-closed"
