"""The life of a grant: asked for by one, decided by another, ended by time or by anybody who may grant."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from panjereh_kernel.actor import OfficerRole

# A request nobody decided says nothing about today any more.
REQUEST_LIFE: Final = dt.timedelta(days=14)
# How long a grant may hold, in days from its approval; each ends by itself.
PERIODS: Final = (90, 180, 365)
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


def fits(role: OfficerRole, *, agency_id: str, unit_id: str, operating_agency: str) -> bool:
    """Whether a role can be held there: only officers sit in units, only the operator's agency operates."""
    if role is OfficerRole.OPERATOR and agency_id != operating_agency:
        return False
    return not unit_id or role is OfficerRole.OFFICER
