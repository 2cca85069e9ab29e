"""What a job tells others is told by the job itself; another job waits for the case that it dies first."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

import panjereh.jobs.tasks
from panjereh.jobs import outbox as jobs
from panjereh.jobs.registry import job
from panjereh.jobs.subscriptions import Subscription
from panjereh.plumbing import outbox
from panjereh.plumbing.models import OutboxDelivery

pytestmark = pytest.mark.django_db(transaction=True)

assert panjereh.jobs.tasks
AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
WORK = "test.work"


@dataclass(frozen=True, slots=True)
class Worked(outbox.Event):
    name: ClassVar[str] = "test.worked"
    count: int


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Subscribe a listener; it raises for a count below zero."""
    heard: list[int] = []

    def listen(event: Worked, _at: dt.datetime) -> None:
        if event.count < 0:
            raise RuntimeError("the listener is broken")
        heard.append(event.count)

    monkeypatch.setattr(jobs, "SUBSCRIPTIONS", (Subscription(Worked, "test.listen", listen),))
    return heard


@pytest.fixture
def work() -> Iterator[Callable[[Callable[[], None]], Any]]:
    """Return a function that runs what it is given as the worker runs a job."""

    def run(deed: Callable[[], None]) -> None:
        job(WORK)(deed)
        app.tasks[WORK].func()

    yield run
    app.tasks.pop(WORK, None)


def emit(count: int) -> None:
    with transaction.atomic():
        outbox.emit(Worked(count=count), at=AT)


def test_what_a_job_tells_has_reached_everybody_when_the_job_ends(heard, work):
    work(lambda: emit(1))

    assert heard == [1]
    assert waiting() == []


def test_what_a_job_took_back_is_told_to_nobody(heard, work):
    def emit_and_take_back() -> None:
        with transaction.atomic():
            outbox.emit(Worked(count=1), at=AT)
            transaction.set_rollback(True)

    work(emit_and_take_back)

    assert heard == []
    assert waiting() == []


def test_what_a_job_told_before_it_failed_is_left_to_a_job_of_its_own(heard, work, run_jobs):
    def emit_and_fail() -> None:
        emit(1)
        raise RuntimeError("a later step")

    with pytest.raises(RuntimeError):
        work(emit_and_fail)

    assert (heard, waiting()) == ([], ["outbox.deliver"])
    run_jobs()
    assert heard == [1]


def test_a_listener_that_fails_leaves_the_job_done_and_is_asked_again(heard, work):
    work(lambda: emit(-1))

    assert (heard, waiting()) == ([], ["outbox.deliver"])
    assert not OutboxDelivery.objects.exists()


def test_the_waiting_delivery_has_a_head_start_and_is_due_soon(heard, work):
    work(lambda: emit(-1))

    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs")
        (seconds,) = cursor.fetchone()
    assert heard == []
    assert 0 < seconds <= outbox.HEAD_START_SECONDS


def waiting() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [name for (name,) in cursor.fetchall()]
