"""Who must be told of a breach and how long after it was noticed: the table of `docs/security/breach.md`.

GAP: no lawyer has confirmed these times for an installation. They are this project's own rule.
"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Whom(StrEnum):
    """Somebody who is told of a breach."""

    AGENCY = "agency"  # whose register was read
    RESPONSE_TEAM = "response-team"
    PEOPLE = "people"  # those concerned
    SUPERVISOR = "supervisor"
    PROSECUTOR = "prosecutor"
    PUBLIC = "public"


class Exposure(StrEnum):
    """How what got out can be read."""

    CLEAR = "clear"
    SEALED = "sealed"
    NONE = "none"  # nothing of people
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """How a notice ended."""

    TOLD = "told"
    NOT_NEEDED = "not-needed"


# None: no clock of ours; when a crime is suspected, or not at all.
WITHIN: Final[Mapping[Whom, dt.timedelta | None]] = {
    Whom.AGENCY: dt.timedelta(hours=24),
    Whom.RESPONSE_TEAM: dt.timedelta(hours=24),
    Whom.PEOPLE: dt.timedelta(hours=72),
    Whom.SUPERVISOR: dt.timedelta(hours=72),
    Whom.PROSECUTOR: None,
    Whom.PUBLIC: dt.timedelta(days=7),
}


def due_times(noticed_at: dt.datetime) -> dict[Whom, dt.datetime | None]:
    """Return until when each is to be told."""
    return {whom: None if within is None else noticed_at + within for whom, within in WITHIN.items()}
