"""Since when a case waits, and until when: every waiting state has a limit of its own in the pack."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from panjereh.domain.casework.rules.states import WAITING_STATES, CaseState
from panjereh_kernel import jalali
from panjereh_kernel.deadlines import CalendarEndsError, Deadline
from panjereh_kernel.working_calendar import DayKind, WorkingCalendar


class Waiting(Protocol):
    """A case, as far as its waiting goes."""

    state: str
    saved_at: dt.datetime
    submitted_at: dt.datetime | None
    decided_at: dt.datetime | None
    overdue_at: dt.datetime | None


class Clock(Protocol):
    """The limit of a state."""

    @property
    def days(self) -> int:
        """How many."""

    @property
    def kind(self) -> DayKind:
        """Which days are counted."""


class State(Protocol):
    """One state of the pack's flow."""

    @property
    def id(self) -> str:
        """Its word."""

    @property
    def clock(self) -> Clock | None:
        """Its limit."""


def since(case: Waiting) -> dt.datetime:
    """Return when a waiting case came into its state.

    Registers are asked the moment the last answer is saved, and a document is made once it was decided.
    """
    return case.decided_at or case.submitted_at or case.saved_at


def limit_of(case: Waiting, states: Iterable[State], calendar: WorkingCalendar) -> Deadline | None:
    """Return the limit of the state the case waits in; None where it waits for nobody, or for ever.

    A limit beyond what the calendar knows is None as well. GAP: but for that of the decision, which is kept
    with the case, a limit is counted by the calendar in force when one looks, and kept once it has passed.
    """
    clock = next((state.clock for state in states if state.id == case.state), None)
    if CaseState(case.state) not in WAITING_STATES or clock is None:
        return None
    try:
        return calendar.deadline(jalali.tehran_date(since(case)), days=clock.days, kind=clock.kind)
    except CalendarEndsError:
        return None


def is_overdue(case: Waiting) -> bool:
    """Whether the limit of the state it waits in now was found to have passed.

    What an earlier wait was found to be says nothing of this one.
    """
    is_waiting = CaseState(case.state) in WAITING_STATES
    return is_waiting and case.overdue_at is not None and case.overdue_at > since(case)
