"""Refusals that more than one operation of the room raises."""

from panjereh.domain.casework.rules.flow import ImpossibleStep
from panjereh_kernel.refusal import Refusal


class CaseStepImpossible(Refusal):
    """The case is no longer, or not yet, where this can be done to it."""

    code = "case-step-impossible"

    def __init__(self, step: ImpossibleStep) -> None:
        super().__init__(step)
        self.state = step.state
        self.event = step.event
