"""What an operator reads of signs of intrusion and of breaches."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from panjereh.domain.upkeep import access
from panjereh.domain.upkeep.models import Breach, BreachNotice, SignOfIntrusion
from panjereh.domain.upkeep.rules.breaches import Exposure, Outcome, Whom
from panjereh.domain.upkeep.rules.signs import Sign
from panjereh_kernel.actor import Actor

PERIODS: Mapping[str, dt.timedelta] = {
    "day": dt.timedelta(days=1),
    "week": dt.timedelta(days=7),
    "month": dt.timedelta(days=30),
}


@dataclass(frozen=True, slots=True)
class SignView:
    """One sign, which is the leaf `leaf_id` of the record; `route` is a name of the source."""

    leaf_id: UUID
    sign: Sign
    route: str
    account_id: UUID | None
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Who is to be told until when (None: no clock), and how it ended (None: not yet)."""

    whom: Whom
    due_at: dt.datetime | None
    outcome: Outcome | None
    settled_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class BreachView:
    """One breach. `next_due_at` is the first clock that still runs, None where none does."""

    number: int
    noticed_at: dt.datetime
    recorded_at: dt.datetime
    exposure: Exposure
    people_count: int | None
    what: str
    changed: str
    closed_at: dt.datetime | None
    next_due_at: dt.datetime | None


def count_signs(*, actor: Actor, at: dt.datetime) -> dict[Sign, dict[str, int]]:
    """Return how many signs of each kind there were in the last day, week and month. Raises `NotFound`."""
    access.check_operator(actor=actor, at=at)
    counts = {name: Count("leaf_id", filter=Q(at__gt=at - period)) for name, period in PERIODS.items()}
    rows = SignOfIntrusion.objects.filter(at__gt=at - PERIODS["month"]).values("sign").order_by("sign")
    found: dict[Any, dict[str, Any]] = {row["sign"]: dict(row) for row in rows.annotate(**counts)}
    nothing = dict.fromkeys(PERIODS, 0)
    return {sign: {name: found.get(sign.value, nothing)[name] for name in PERIODS} for sign in Sign}


def latest_signs(*, actor: Actor, at: dt.datetime, limit: int) -> list[SignView]:
    """Return the latest signs, the last first. Raises `NotFound`."""
    access.check_operator(actor=actor, at=at)
    rows = SignOfIntrusion.objects.order_by("-leaf_id")[:limit]
    return [SignView(row.leaf_id, Sign(row.sign), row.route, row.account_id, row.at) for row in rows]


def breaches(*, actor: Actor, at: dt.datetime, limit: int, before: int | None = None) -> list[BreachView]:
    """Return breaches, the last recorded first; `before` is the last number of the page before.

    Raises `NotFound`.
    """
    access.check_operator(actor=actor, at=at)
    rows = Breach.objects.all() if before is None else Breach.objects.filter(number__lt=before)
    return _views(list(rows.order_by("-number")[:limit]))


def breach(number: int, *, actor: Actor, at: dt.datetime) -> tuple[BreachView, list[NoticeView]]:
    """Return one breach and its notices, in the order in which they are due. Raises `NotFound`."""
    row = access.breach_for(number, actor=actor, at=at)
    notices = {each.whom: each for each in BreachNotice.objects.filter(breach=row).order_by("whom")}
    return _views([row])[0], [_notice(notices[whom.value]) for whom in Whom]


def count_due_notices(*, actor: Actor, at: dt.datetime, most: int) -> int:
    """Return how many notices with a clock wait, counted up to `most`. Raises `NotFound`."""
    access.check_operator(actor=actor, at=at)
    waiting = BreachNotice.objects.filter(outcome="", due_at__isnull=False)
    return waiting.order_by("id")[:most].count()


def _views(rows: Sequence[Breach]) -> list[BreachView]:
    waiting = BreachNotice.objects.filter(breach__in=rows, outcome="").values_list("breach_id")
    due = dict(waiting.annotate(first=Min("due_at")).order_by("breach_id"))
    return [
        BreachView(
            number=row.number,
            noticed_at=row.noticed_at,
            recorded_at=row.recorded_at,
            exposure=Exposure(row.exposure),
            people_count=row.people_count,
            what=row.what,
            changed=row.changed,
            closed_at=row.closed_at,
            next_due_at=due.get(row.number),
        )
        for row in rows
    ]


def _notice(row: BreachNotice) -> NoticeView:
    return NoticeView(
        Whom(row.whom), row.due_at, Outcome(row.outcome) if row.outcome else None, row.settled_at
    )
