"""How often an hour something may be tried, per account, per mobile number and per network address.

The counters belong to the thing under attack and not to the session of the one who tries: a discarded
session gives no new tries. "Account" is the national number, whether or not an account exists for it, so
that a cap says nothing about who has one. Windows are whole hours of UTC: a burst over the turn of an hour
may have twice the cap, which the low caps allow for.

GAP: many people share one address behind a mobile operator, so its caps are high; an operator's own caps
(per prefix, per day) come with operator settings.
"""

import datetime as dt
from enum import StrEnum
from typing import Final

WINDOW: Final = dt.timedelta(hours=1)


class AttemptKind(StrEnum):
    """What is counted."""

    WRONG_CODE = "wrong_code"
    SEND = "send"
    CHECK = "check"


class AttemptScope(StrEnum):
    """What it is counted for."""

    ACCOUNT = "account"
    MOBILE = "mobile"
    ADDRESS = "address"


CAPS: Final[dict[AttemptKind, dict[AttemptScope, int]]] = {
    AttemptKind.WRONG_CODE: {
        AttemptScope.ACCOUNT: 10,
        AttemptScope.MOBILE: 10,
        AttemptScope.ADDRESS: 300,
    },
    AttemptKind.SEND: {AttemptScope.ACCOUNT: 6, AttemptScope.MOBILE: 6, AttemptScope.ADDRESS: 300},
    AttemptKind.CHECK: {AttemptScope.ACCOUNT: 6, AttemptScope.MOBILE: 6, AttemptScope.ADDRESS: 120},
}


def window_of(at: dt.datetime) -> dt.datetime:
    """Return the start of the window an instant falls in."""
    return at.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)


def free_again_at(at: dt.datetime) -> dt.datetime:
    """Return when a cap reached at `at` is lifted."""
    return window_of(at) + WINDOW


def is_over(kind: AttemptKind, scope: AttemptScope, count: int) -> bool:
    """Whether the attempt that made the counter `count` is one too many."""
    return count > CAPS[kind][scope]
