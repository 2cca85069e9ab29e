"""The life of a grant: asked for by one, decided by another, ended by time or by anybody who may grant."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from panjereh_kernel import jalali
from panjereh_kernel.actor import OfficerRole

# A request nobody decided says nothing about today any more.
REQUEST_LIFE: Final = dt.timedelta(days=14)
# The last day a grant may hold, from the day it is asked for; each ends by itself.
LONGEST: Final = dt.timedelta(days=365)
FIRST_GRANT_DAYS: Final = 90
FIRST_GRANTORS: Final = 2


class GrantState(StrEnum):
    """Where a grant stands."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    ENDED = "ended"


class GrantStep(StrEnum):
    """What happens to a grant."""

    APPROVE = "approve"
    REFUSE = "refuse"
    LAPSE = "lapse"
    REVOKE = "revoke"
    END = "end"


class RefuseReason(StrEnum):
    """Why a request is refused."""

    NOT_NEEDED = "not-needed"
    WRONG_PERSON = "wrong-person"
    WRONG_PLACE = "wrong-place"
    TOO_LONG = "too-long"


class RevokeReason(StrEnum):
    """Why a grant ends before its time."""

    LEFT = "left"
    OTHER_DUTIES = "other-duties"
    MISUSE = "misuse"
    MISTAKE = "mistake"


class FirstReason(StrEnum):
    """Why the operator names a grantor whom nobody approves."""

    NEW_AGENCY = "new-agency"
    GRANTORS_GONE = "grantors-gone"


class ImpossibleGrantStep(Exception):  # noqa: N818 -- reads as the sentence it is
    """From this state there is no such step."""


_STEPS: Final[Mapping[tuple[GrantState, GrantStep], GrantState]] = {
    (GrantState.REQUESTED, GrantStep.APPROVE): GrantState.GRANTED,
    (GrantState.REQUESTED, GrantStep.REFUSE): GrantState.REFUSED,
    (GrantState.REQUESTED, GrantStep.LAPSE): GrantState.LAPSED,
    (GrantState.GRANTED, GrantStep.REVOKE): GrantState.REVOKED,
    (GrantState.GRANTED, GrantStep.END): GrantState.ENDED,
}
LIVE: Final = (GrantState.REQUESTED, GrantState.GRANTED)


def next_state(state: GrantState, step: GrantStep) -> GrantState:
    """Return the state after a step. Raises `ImpossibleGrantStep`."""
    try:
        return _STEPS[state, step]
    except KeyError as error:
        raise ImpossibleGrantStep from error


def fits(role: OfficerRole, *, agency_id: str, operating_agency: str) -> bool:
    """Whether a role can be held at an agency: only at the one that runs the platform are operators."""
    return role is not OfficerRole.OPERATOR or agency_id == operating_agency


def may_hold_until(last_day: dt.date, *, today: dt.date) -> bool:
    """Whether a grant asked for today may hold to the end of that day."""
    return today < last_day <= today + LONGEST


def end_of(last_day: dt.date) -> dt.datetime:
    """Return the instant at which a day is over in Tehran."""
    return dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), tzinfo=jalali.TEHRAN)


def valid_until(last_day: dt.date | None, *, days: int, decided_at: dt.datetime) -> dt.datetime:
    """Return when a grant ends that is approved now; what an older version asked for counts its days."""
    return end_of(last_day) if last_day else decided_at + dt.timedelta(days=days)
