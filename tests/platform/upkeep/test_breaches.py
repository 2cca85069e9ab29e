"""Breaches and signs of intrusion: clocks of those who must be told, each step once, each in the record."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest

from panjereh.domain.audit.models import Leaf
from panjereh.domain.upkeep import api as upkeep
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import AT
from tests.platform.people.operators import at_work, make_operator

HOUR = dt.timedelta(hours=1)
TOLD = upkeep.Outcome.TOLD


@pytest.fixture
def operator(db: None) -> Actor:
    return at_work(make_operator())


def record(
    operator: Actor, *, noticed_at: dt.datetime = AT, form: UUID | None = None, at: dt.datetime = AT
) -> int:
    return upkeep.record_breach(
        form or fresh_id(),
        noticed_at=noticed_at,
        exposure=upkeep.Exposure.CLEAR,
        people_count=None,
        what="x",
        actor=operator,
        at=at,
    )


def settle_all(number: int, operator: Actor) -> None:
    for whom in upkeep.Whom:
        upkeep.settle_notice(number, whom=whom, outcome=TOLD, actor=operator, at=AT)


def test_the_clock_of_each_notice_runs_from_when_the_breach_was_noticed(operator: Actor):
    number = record(operator, noticed_at=AT - 3 * HOUR)

    _, notices = upkeep.breach(number, actor=operator, at=AT)

    assert {each.whom.value: each.due_at and each.due_at - AT for each in notices} == {
        "agency": 21 * HOUR,
        "response-team": 21 * HOUR,
        "people": 69 * HOUR,
        "supervisor": 69 * HOUR,
        "prosecutor": None,
        "public": 165 * HOUR,
    }


def test_sent_twice_it_is_one_breach_and_one_leaf(operator: Actor):
    form = fresh_id()

    numbers = {record(operator, form=form) for _ in range(2)}

    assert len(numbers) == 1
    assert Leaf.objects.filter(event="upkeep.breach.recorded").count() == 1
    assert upkeep.count_due_notices(actor=operator, at=AT, most=99) == 5


@pytest.mark.parametrize("noticed_at", [AT + HOUR, AT - 366 * 24 * HOUR])
def test_a_breach_noticed_in_the_future_or_long_ago_is_refused(operator: Actor, noticed_at: dt.datetime):
    with pytest.raises(upkeep.BreachTimeWrong):
        record(operator, noticed_at=noticed_at)


def test_the_first_clock_that_runs_is_the_breachs_own_and_of_two_answers_one_counts(operator: Actor):
    number = record(operator)
    for whom in (upkeep.Whom.AGENCY, upkeep.Whom.RESPONSE_TEAM):
        upkeep.settle_notice(number, whom=whom, outcome=TOLD, actor=operator, at=AT)

    with pytest.raises(upkeep.NoticeSettled):
        upkeep.settle_notice(
            number, whom=upkeep.Whom.AGENCY, outcome=upkeep.Outcome.NOT_NEEDED, actor=operator, at=AT
        )

    (breach,) = upkeep.breaches(actor=operator, at=AT, limit=9)
    assert breach.next_due_at == AT + 72 * HOUR


def test_a_breach_is_closed_once_and_only_when_everybody_is_told(operator: Actor):
    number = record(operator)
    with pytest.raises(upkeep.NoticesOpen):
        upkeep.close_breach(number, changed="y", actor=operator, at=AT)
    settle_all(number, operator)

    upkeep.close_breach(number, changed="y", actor=operator, at=AT)

    with pytest.raises(upkeep.BreachClosed):
        upkeep.close_breach(number, changed="z", actor=operator, at=AT)
    breach, _ = upkeep.breach(number, actor=operator, at=AT)
    assert (breach.changed, breach.closed_at, breach.next_due_at) == ("y", AT, None)


def test_a_sign_is_a_leaf_of_the_record_and_counted_by_its_age(operator: Actor):
    account_id = fresh_id()
    upkeep.note_sign(upkeep.Sign.REFUSED, route="desk:jobs", account_id=account_id, at=AT - 25 * HOUR)

    counts = upkeep.count_signs(actor=operator, at=AT)
    (sign,) = upkeep.latest_signs(actor=operator, at=AT, limit=9)

    assert counts[upkeep.Sign.REFUSED] == {"day": 0, "week": 1, "month": 1}
    assert counts[upkeep.Sign.LIMIT] == {"day": 0, "week": 0, "month": 0}
    leaf = Leaf.objects.get(id=sign.leaf_id)
    assert leaf.event == "upkeep.sign.noted"
    assert leaf.facts == {"sign": "refused", "route": "desk:jobs", "account": str(account_id)}


@pytest.mark.parametrize(
    "look",
    [
        lambda who: upkeep.breach(999_999, actor=who, at=AT),
        lambda who: upkeep.close_breach(999_999, changed="x", actor=who, at=AT),
    ],
)
def test_a_breach_that_nobody_recorded_is_absent(operator: Actor, look: Callable[[Actor], object]):
    with pytest.raises(NotFound):
        look(operator)
