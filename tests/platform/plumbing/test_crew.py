"""The threads of a worker: every job that is put down is done, and how it ended is written down."""

import logging
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app

from panjereh.jobs.registry import RETRY
from panjereh.plumbing import crew, queue
from panjereh.plumbing.crew import Crew
from panjereh.plumbing.job_table import JobTable
from tests.platform.plumbing.job_rows import status_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace"])


@pytest.fixture
def jobs() -> App:
    """Return an app that knows no job yet."""
    return App(connector=app.connector)


@pytest.fixture
def table() -> Iterator[JobTable]:
    with JobTable.opened() as table:
        yield table


def nothing(_job: crew.Job, _failure: Exception) -> None:
    """Take note of no failure."""


@pytest.fixture
def at_work(jobs: App, table: JobTable) -> Iterator[Crew]:
    """Yield two threads that have found no job yet."""
    me = table.enter_worker(forget_after_seconds=60)
    two = Crew(jobs, worker_id=me, size=2, on_end=lambda: None, on_given_up=nothing)
    two.start()
    yield two
    two.stop()
    assert two.has_ended(within_seconds=10)


def test_jobs_are_done_side_by_side_when_rung_for(jobs, at_work):
    together = threading.Barrier(2, timeout=10)
    jobs.task(name="test.meet")(together.wait)
    for _ in range(2):
        queue.defer("test.meet")

    at_work.ring()

    wait_until(lambda: waiting() == [])


def test_what_is_begun_is_done_before_the_crew_ends(jobs, at_work):
    begun, may_end, done = threading.Event(), threading.Event(), []

    def linger() -> None:
        begun.set()
        may_end.wait(10)
        done.append(True)

    jobs.task(name="test.linger")(linger)
    queue.defer("test.linger")
    at_work.ring()
    assert begun.wait(10)

    at_work.stop()

    assert not at_work.has_ended(within_seconds=0.02)
    may_end.set()
    assert at_work.has_ended(within_seconds=10)
    assert (done, waiting()) == ([True], [])


def test_a_crew_that_loses_the_queue_says_so(jobs, table):
    ended = threading.Event()
    # Nobody has this number: the database refuses to hand out a job.
    lost = Crew(jobs, worker_id=999_999, size=1, on_end=ended.set, on_given_up=nothing)
    queue.defer("test.any")

    lost.start()

    assert ended.wait(10)
    assert isinstance(lost.fault, psycopg.Error)
    assert lost.has_ended(within_seconds=10)


def taken(table: JobTable, name: str) -> crew.Job:
    queue.defer(name)
    return table.fetch(table.enter_worker(forget_after_seconds=60))


def test_a_job_that_fails_is_tried_again_after_its_pause(jobs, table):
    jobs.task(name="test.fail", retry=RETRY)(fail)
    job = taken(table, "test.fail")
    given_up: list[object] = []

    crew.perform(jobs, table, job, on_given_up=lambda *told: given_up.append(told))

    assert status_of(job.id) == "todo"
    assert given_up == []
    assert table.fetch(job.worker_id) is None


def test_a_job_that_nobody_tries_again_or_nobody_knows_is_kept_as_failed_and_logged(jobs, table, caplog):
    jobs.task(name="test.fail")(fail)
    failing, unknown = (taken(table, name) for name in ("test.fail", "test.unknown"))

    given_up: list[tuple[int | None, str]] = []
    with caplog.at_level(logging.ERROR):
        for job in (failing, unknown):
            crew.perform(
                jobs,
                table,
                job,
                on_given_up=lambda job, error: given_up.append((job.id, type(error).__name__)),
            )

    assert [status_of(job.id) for job in (failing, unknown)] == ["failed", "failed"]
    assert [job_id for job_id, _ in given_up] == [failing.id, unknown.id]
    assert given_up[1][1] == "TaskNotFound"
    assert caplog.text.count("failed for good") == 2


def test_a_job_given_back_while_it_ran_is_left_to_the_other(jobs, table, caplog):
    jobs.task(name="test.slow")(lambda: None)
    job = taken(table, "test.slow")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.id])

    crew.perform(jobs, table, job, on_given_up=nothing)

    assert "given back while it ran" in caplog.text


def test_a_connection_that_died_in_a_job_is_replaced_for_the_next(jobs, table):
    jobs.task(name="test.cut", retry=RETRY)(cut_own_connection)
    jobs.task(name="test.ask")(ask)

    crew.perform(jobs, table, taken(table, "test.cut"), on_given_up=nothing)
    second = taken(table, "test.ask")
    crew.perform(jobs, table, second, on_given_up=nothing)

    assert status_of(second.id) == "deleted"


def fail() -> None:
    raise OSError("away")


def ask() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def cut_own_connection() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def waiting() -> list[str]:
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL) as owner:
        return [name for (name,) in owner.execute("SELECT task_name FROM procrastinate_jobs ORDER BY id")]


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.01)
