"""What an operator may be told about a job."""

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
