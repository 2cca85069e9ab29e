"""The limit of a wait is fixed in the moment it begins: a part of other operations."""

from panjereh.domain.casework.models import Case
from panjereh.domain.casework.rules import waiting
from panjereh.domain.casework.rules.states import CaseState
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory

# What `begin_wait` and `keep` may change.
FIELDS = ("due_on", "calendar_version", "waits_until", "waits_version", "overdue_at")


def begin_wait(case: Case) -> None:
    """Fix the limit of the state a case just came into, by the current calendar of the agency in charge.

    What an earlier wait was found to be is past, also by the clock of another machine. The caller saves
    `FIELDS`. Raises `CalendarMissing`.
    """
    case.overdue_at = None
    keep(case, count(case))


def count(case: Case, *, version: str | None = None) -> waiting.Kept:
    """Count the limit of the state a case is in, by the current calendar or another version of it.

    Nothing is kept of a state without a limit. Raises `CalendarMissing`.
    """
    pack = catalogue.pack(case.service_id, case.pack_version)
    limit, start = waiting.limit_in(case, pack.states), waiting.start_of(case)
    if limit is None:
        return waiting.Kept(None, "")
    calendar = directory.working_calendar(None, on=start, version=version, agency_id=pack.owner)
    return waiting.count(start, limit, calendar)


def keep(case: Case, limit: waiting.Kept) -> None:
    """Put a limit where the state of the case has its own. The caller saves `FIELDS`."""
    if case.state == CaseState.SUBMITTED:
        case.due_on, case.calendar_version = limit.on, limit.version
    else:
        case.waits_until, case.waits_version = limit.on, limit.version
