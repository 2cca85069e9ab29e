"""Count attempts where a discarded session cannot reset them, and refuse those over the cap.

The counter row stays locked until the caller's transaction ends, so attempts at the same thing wait for each
other and no burst slips past the cap.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, models, transaction

from panjereh.domain.people.models import AttemptCounter
from panjereh.domain.people.refusals import TooManyAttempts
from panjereh.domain.people.rules import caps
from panjereh.plumbing import sealing

_COUNT_ONE = """
    INSERT INTO people_attemptcounter (kind, scope, key, window_at, count) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT ON CONSTRAINT people_attempts_once
    DO UPDATE SET count = people_attemptcounter.count + 1 RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Target:
    """What an attempt is counted for: keyed indices, never the values themselves."""

    account: bytes
    mobile: bytes | None
    address: bytes

    def counters(self) -> list[tuple[caps.AttemptScope, bytes]]:
        """Return scope and key of each counter, always in one order: two attempts cannot lock crosswise."""
        pairs = [(caps.AttemptScope.ACCOUNT, self.account)]
        if self.mobile is not None:
            pairs.append((caps.AttemptScope.MOBILE, self.mobile))
        return [*pairs, (caps.AttemptScope.ADDRESS, self.address)]


def target(*, account: bytes, mobile: bytes | None, address: str) -> Target:
    """Return the target of an attempt that comes from a network address."""
    return Target(account, mobile, sealing.blind_index("people.address", address))


def count(kind: caps.AttemptKind, of: Target, *, at: dt.datetime) -> None:
    """Count one attempt. Raises `TooManyAttempts` and then leaves the counters as they were."""
    with transaction.atomic(), connection.cursor() as cursor:
        for scope, key in of.counters():
            cursor.execute(_COUNT_ONE, [kind, scope, key, caps.window_of(at)])
            if caps.is_over(kind, scope, cursor.fetchone()[0]):
                raise TooManyAttempts(caps.free_again_at(at))


def give_back(kind: caps.AttemptKind, of: Target, *, at: dt.datetime) -> None:
    """Take back an attempt counted in this transaction that turned out not to be one."""
    for scope, key in of.counters():
        AttemptCounter.objects.filter(kind=kind, scope=scope, key=key, window_at=caps.window_of(at)).update(
            count=models.F("count") - 1
        )


def forget_before(instant: dt.datetime) -> int:
    """Delete counters of windows that began before `instant`; return how many."""
    return AttemptCounter.objects.filter(window_at__lt=instant).delete()[0]
