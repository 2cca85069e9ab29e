"""Since when a case waits, and until when: every waiting state has a limit of its own in the pack.

A limit is counted once, when the wait begins, and kept with the version of the calendar that counted it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from panjereh.domain.casework.rules.states import WAITING_STATES, CaseState
from panjereh_kernel import jalali
from panjereh_kernel.deadlines import CalendarEndsError, Deadline, Limit
from panjereh_kernel.working_calendar import DayKind, WorkingCalendar


class Waiting(Protocol):
    """A case, as far as its waiting goes."""

    state: str
    saved_at: dt.datetime
    asked_at: dt.datetime | None
    submitted_at: dt.datetime | None
    due_on: dt.date | None
    calendar_version: str
    decided_at: dt.datetime | None
    waits_until: dt.date | None
    waits_version: str
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


@dataclass(frozen=True, slots=True)
class Kept:
    """The limit a case keeps of its wait: the last day, and the version of the calendar that counted it.

    `on` is None where that calendar does not reach so far, `version` is "" where no calendar counted yet.
    """

    on: dt.date | None
    version: str


def since(case: Waiting) -> dt.datetime:
    """Return when a waiting case came into its state."""
    return case.decided_at or case.submitted_at or case.asked_at or case.saved_at


def start_of(case: Waiting) -> dt.date:
    """Return the day from which the limit of a waiting case is counted, as it is called in Tehran."""
    return jalali.tehran_date(since(case))


def limit_in(case: Waiting, states: Iterable[State]) -> Limit | None:
    """Return the limit of the state a case waits in; None where it waits for nobody, or for ever."""
    clock = next((state.clock for state in states if state.id == case.state), None)
    if CaseState(case.state) not in WAITING_STATES or clock is None:
        return None
    return Limit(clock.days, clock.kind)


def kept(case: Waiting) -> Kept:
    """Return the limit that a waiting case keeps: the promised day of the decision outlives its wait."""
    if case.state == CaseState.SUBMITTED:
        return Kept(case.due_on, case.calendar_version)
    return Kept(case.waits_until, case.waits_version)


def count(start: dt.date, limit: Limit, calendar: WorkingCalendar) -> Kept:
    """Count a limit from a day on."""
    try:
        return Kept(calendar.deadline(start, days=limit.days, kind=limit.kind).on, calendar.version)
    except CalendarEndsError:
        return Kept(None, calendar.version)


def as_deadline(case: Waiting, limit: Limit) -> Deadline | None:
    """Return what a case keeps together with what it was counted from; None where no day is kept."""
    found = kept(case)
    return Deadline(found.on, found.version, start_of(case), limit) if found.on else None


def is_overdue(case: Waiting) -> bool:
    """Whether the limit of the state it waits in now was found to have passed.

    What an earlier wait was found to be says nothing of this one.
    """
    is_waiting = CaseState(case.state) in WAITING_STATES
    return is_waiting and case.overdue_at is not None and case.overdue_at > since(case)
