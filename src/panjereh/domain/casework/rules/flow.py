"""The interpreter of a pack's flow: which state follows an event, and whose step it is."""

from collections.abc import Iterable
from typing import Protocol

from panjereh.domain.casework.rules.states import CaseEvent, CaseState
from panjereh_kernel.actor import Role

APPLICANT = "applicant"


class Step(Protocol):
    """One action of a pack's flow, as far as the interpreter needs it."""

    @property
    def id(self) -> str:
        """The event."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The states it may happen in."""

    @property
    def target(self) -> str:
        """The state it leads to."""

    @property
    def by(self) -> str:
        """Who takes it: the applicant, or nobody (automatic)."""


class ImpossibleStep(Exception):  # noqa: N818 -- reads as what it says; the operation turns it into a refusal
    """The flow has no such step from this state for this actor."""

    def __init__(self, state: CaseState, event: CaseEvent) -> None:
        super().__init__(f"{event} in {state}")
        self.state = state
        self.event = event


def can_happen(steps: Iterable[Step], state: CaseState, event: CaseEvent, *, role: Role) -> bool:
    """Whether `next_state` has an answer: what a page offers is what the operation will do."""
    try:
        next_state(steps, state, event, role=role)
    except ImpossibleStep:
        return False
    return True


def next_state(steps: Iterable[Step], state: CaseState, event: CaseEvent, *, role: Role) -> CaseState:
    """Return the state after `event` as the flow says. Raises `ImpossibleStep`.

    A step of the applicant is taken by the applicant only; an automatic one follows from whatever made its
    condition true, and so may happen in the applicant's own request.
    """
    for step in steps:
        if step.id == event and state in step.sources and (step.by != APPLICANT or role is Role.CITIZEN):
            return CaseState(step.target)
    raise ImpossibleStep(state, event)
