"""Events are told after the transaction, once to each subscriber, and never about what was rolled back."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import transaction

from panjereh.jobs import outbox as jobs
from panjereh.jobs.subscriptions import SUBSCRIPTIONS, Subscription
from panjereh.plumbing import outbox
from panjereh.plumbing.models import OutboxDelivery, OutboxEvent

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
THING = UUID("01890000-0000-7000-8000-000000000001")


@dataclass(frozen=True, slots=True)
class Happened(outbox.Event):
    name: ClassVar[str] = "test.happened"
    thing_id: UUID
    count: int


@pytest.fixture
def heard(monkeypatch):
    """Subscribe two listeners; the second can be made to fail."""
    heard: dict[str, list[object]] = {"first": [], "second": [], "failing": []}

    def second(event, at):
        if heard["failing"]:
            raise RuntimeError("the second listener is broken")
        heard["second"].append(event)

    monkeypatch.setattr(
        jobs,
        "SUBSCRIPTIONS",
        (
            Subscription(Happened, "test.first", lambda event, _at: heard["first"].append(event)),
            Subscription(Happened, "test.second", second),
        ),
    )
    return heard


def test_an_event_reaches_every_subscriber_as_it_was(heard, run_jobs):
    outbox.emit(Happened(thing_id=THING, count=3), at=AT)

    run_jobs()

    assert heard["first"] == heard["second"] == [Happened(thing_id=THING, count=3)]


def test_what_is_rolled_back_is_never_told(heard, run_jobs):
    with transaction.atomic():
        outbox.emit(Happened(thing_id=THING, count=1), at=AT)
        transaction.set_rollback(True)

    assert run_jobs() == 0
    assert heard["first"] == []


def test_a_failing_subscriber_does_not_hold_the_others_up_and_is_asked_again_alone(heard, run_jobs):
    heard["failing"].append(True)
    outbox.emit(Happened(thing_id=THING, count=1), at=AT)
    with pytest.raises(jobs.SubscribersFailed):
        run_jobs()

    heard["failing"].clear()
    run_jobs()

    assert len(heard["first"]) == len(heard["second"]) == 1


def test_delivering_twice_tells_once(heard, run_jobs):
    outbox.emit(Happened(thing_id=THING, count=1), at=AT)
    run_jobs()

    jobs.deliver(str(OutboxEvent.objects.get().id))

    assert len(heard["first"]) == 1
    assert OutboxDelivery.objects.count() == 2


def test_every_subscription_has_a_name_of_its_own_and_a_named_event():
    names = [each.name for each in SUBSCRIPTIONS]

    assert len(names) == len(set(names))
    assert all("." in each.event.name for each in SUBSCRIPTIONS)


def test_no_event_of_a_room_is_an_orphan():
    """Each event class either has a subscriber or says in its docstring that nobody listens yet."""
    import panjereh.jobs.tasks  # noqa: F401 -- every room's events are loaded by now

    listened = {each.event.name for each in SUBSCRIPTIONS}
    orphans = {
        kind.__qualname__
        for kind in outbox.Event.__subclasses__()
        if kind.__module__.startswith("panjereh.")
        and getattr(kind, "name", None) not in listened
        and "Nobody listens yet" not in (kind.__doc__ or "")
    }
    assert orphans == set()
