"""How often something may be asked: one counter per policy and asker, in the database, for all processes.

A window begins with the first request in it and lasts as long as its policy says; over the turn of two
windows somebody may ask twice as often for a moment, which the numbers allow for. Counting is one statement,
committed before anything is done for it, so that stopping halfway wins nothing and two at once are two. The
table is not logged: after a crash of the database everybody begins anew.

Many people share one address behind a mobile operator or in an office: limits per address are high and keep
machines out, not people. What can be guessed is also limited by what is guessed, here or in its room.
"""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar, Final

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from panjereh.plumbing import edge, refusals, sealing
from panjereh.plumbing.models import RateCount
from panjereh.plumbing.policies import Policy, Scope
from panjereh_kernel.refusal import Refusal

# A clock that was put back goes on in the window that is there; one that had leapt ahead locks nobody out.
_COUNT = """
    INSERT INTO plumbing_ratecount AS held (key, policy, window_at, spent, ends_at) VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET
      spent = CASE WHEN {goes_on} THEN LEAST(held.spent, 1000000000) + 1 ELSE 1 END,
      window_at = CASE WHEN {goes_on} THEN held.window_at ELSE excluded.window_at END,
      ends_at = CASE WHEN {goes_on} THEN held.ends_at ELSE excluded.ends_at END
    RETURNING key, spent, ends_at
"""
_GOES_ON = "excluded.window_at < held.ends_at AND held.window_at < excluded.ends_at"
_ROW = "(%s, %s, %s, 1, %s)"


class TooManyRequests(Refusal):
    """More was asked than one asker may; after `minutes` it may ask again."""

    code: ClassVar[str] = "too-many-requests"
    status: ClassVar[int] = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self._seconds = seconds
        self.minutes = -(-seconds // 60)

    @property
    def retry_after_s(self) -> int:
        """Seconds until the window ends."""
        return self._seconds


def spend(spendings: Sequence[tuple[Policy, str]], *, at: dt.datetime) -> None:
    """Count one request for each policy and asker, in one statement that is committed at once.

    Each asker may appear once for a policy. Raises `TooManyRequests` if one is over, with the longest wait.
    Only an HMAC of an asker is kept, never an address or a number. Do not call it inside a transaction: a
    count that is rolled back was none.
    """
    waits = [ends_at - at for policy, spent, ends_at in _count(spendings, at=at) if spent > policy.most]
    if waits:
        raise TooManyRequests(math.ceil(max(waits).total_seconds()))


def is_first_over(policy: Policy, asker: str, *, at: dt.datetime) -> bool:
    """Count one more, refuse nothing; return whether it is the first too many of the window, by whoever asks.

    True once in a window, of two at once too: what is noted then is noted once.
    """
    ((_, spent, _ends_at),) = _count([(policy, asker)], at=at)
    return spent == policy.most + 1


def _count(
    spendings: Sequence[tuple[Policy, str]], *, at: dt.datetime
) -> list[tuple[Policy, int, dt.datetime]]:
    """Return for each policy how many there are now, and when the window ends."""
    if not spendings:
        return []
    # In one order always, so that two requests cannot lock crosswise.
    rows = sorted((sealing.blind_index(f"limit.{policy.name}", asker), policy) for policy, asker in spendings)
    values = [value for key, policy in rows for value in (key, policy.name, at, at + policy.window)]
    statement = _COUNT.format(rows=", ".join([_ROW] * len(rows)), goes_on=_GOES_ON)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        counted = {bytes(key): (spent, ends_at) for key, spent, ends_at in cursor.fetchall()}
    return [(policy, *counted[key]) for key, policy in rows]


def forget_before(instant: dt.datetime) -> int:
    """Delete counters whose window ended before `instant`; return how many."""
    return RateCount.objects.filter(ends_at__lt=instant).delete()[0]


class RequestLimits:
    """Middleware: count requests of the routes that have policies, and refuse what is over before its view.

    Routes and policies stand in one table of the settings. A route that is not in it costs nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        from django.conf import settings  # noqa: PLC0415 -- settings are ready only when Django builds the chain

        self.get_response = get_response
        self.table: Mapping[str, Sequence[Policy]] = settings.REQUEST_LIMITS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on: what is counted is known when its route is."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],  # noqa: ARG002 -- Django's signature
        arguments: tuple[Any, ...],  # noqa: ARG002 -- Django's signature
        keywords: dict[str, Any],  # noqa: ARG002 -- Django's signature
    ) -> HttpResponse | None:
        """Count, and answer in the view's place what is too much."""
        match = request.resolver_match
        policies = self.table.get(match.view_name, ()) if match else ()
        spendings = [
            (policy, asker) for policy in policies if (asker := _ASKERS[policy.scope](request)) is not None
        ]
        try:
            spend(spendings, at=edge.now())
        except TooManyRequests as refusal:
            return refusals.answer(request, refusal)
        return None


_ASKERS: Final[Mapping[Scope, Callable[[HttpRequest], str | None]]] = {
    Scope.ADDRESS: edge.address_of,
    Scope.ACCOUNT: edge.account_of,
}
