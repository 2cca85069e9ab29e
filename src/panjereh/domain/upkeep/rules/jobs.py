"""How a job stands for an operator, and what of it may be shown."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from panjereh_kernel.refusal import Refusal

# As long as the column in `models.py`.
MOST_LETTERS: Final = 160
_CODE = re.compile(r"[a-z][a-z0-9_.:-]{0,79}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class JobState(StrEnum):
    """Where a job stands. One that was done is no longer there."""

    FAILED = "failed"
    WAITING = "waiting"
    RUNNING = "running"
    PUT_ASIDE = "put-aside"


class PutAsideReason(StrEnum):
    """Why a job is never run again."""

    DONE_OTHERWISE = "done-otherwise"
    NOT_NEEDED = "not-needed"
    CANNOT_SUCCEED = "cannot-succeed"


# The queue's own words. It cancels no jobs of ours by itself: it takes them out.
STATES: Final[Mapping[str, JobState]] = {
    "failed": JobState.FAILED,
    "todo": JobState.WAITING,
    "doing": JobState.RUNNING,
    "cancelled": JobState.PUT_ASIDE,
}


def code_of(error: BaseException) -> str:
    """Return what kind of error it was: the code of a refusal, or the name of a class. Never its text."""
    if isinstance(error, Refusal):
        return error.code
    return f"{type(error).__module__}.{type(error).__qualname__}"[:MOST_LETTERS]


def shown_arguments(arguments: Mapping[str, object]) -> dict[str, str]:
    """Return the arguments of a job by name: ids, codes and numbers as they are, anything else left out."""
    return {name: _shown(value) for name, value in sorted(arguments.items())}


def _shown(value: object) -> str:
    is_plain = isinstance(value, int) or (isinstance(value, str) and _CODE.fullmatch(value))
    return str(value) if is_plain else ""
