"""What a worker says to the queue, in the library's own statements."""

import datetime as dt
import hashlib
import select

import psycopg
import pytest
from django.db import connection, connections
from procrastinate.jobs import Status
from procrastinate.retry import RetryDecision
from procrastinate.sql import queries

from panjereh.plumbing import queue
from panjereh.plumbing.job_table import JobNotInHand, JobTable
from tests.platform.plumbing.job_rows import make_job, status_of, worker

committed = pytest.mark.django_db(transaction=True, databases=["default", "trace"])

# The statements of procrastinate 3.10 that `job_table` sends. When one of them changes, read what its
# function does now, and the library's own worker beside it, before writing the new number here.
STATEMENTS = {
    "prune_stalled_workers": "20ea599ae729",
    "register_worker": "c1f586449d9e",
    "update_heartbeat": "20072135a408",
    "unregister_worker": "5d457810260d",
    "fetch_job": "f835132a0a32",
    "finish_job": "46012253eb46",
    "retry_job": "8e4ad4efcf83",
    "select_stalled_jobs_by_heartbeat": "032b0d305071",
    "defer_periodic_job": "ea6b04988ac3",
    "listen_queue": "726d96acb447",
}


@pytest.fixture
def table() -> JobTable:
    """Return the queue as this test's own transaction sees it."""
    connection.ensure_connection()
    return JobTable(connection.connection)


def test_the_librarys_statements_are_those_that_were_read():
    assert {name: digest_of(queries[name]) for name in STATEMENTS} == STATEMENTS


def digest_of(statement: str) -> str:
    return hashlib.sha256(" ".join(statement.split()).encode()).hexdigest()[:12]


def test_the_queue_does_not_wait_for_the_disk_and_operations_do_as_the_server_says():
    query = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert cursor.fetchone() != ("session",)
    with JobTable.opened() as own:
        assert own._connection.execute(query).fetchone() == ("session",)


def test_a_frozen_database_is_waited_for_as_long_as_an_operation_waits(monkeypatch):
    monkeypatch.setitem(connections["default"].settings_dict["OPTIONS"], "patience", 0.05)
    with JobTable.opened() as table, pytest.raises(psycopg.OperationalError, match="silent"):
        table._connection.execute("SELECT pg_sleep(5)")


def test_a_job_in_hand_is_taken_by_nobody_else(table):
    job, me = make_job(status="todo"), worker(silent_for=0)

    taken = table.fetch(me)

    assert (taken.id, taken.task_name) == (job, "disclosure.fetch")
    assert table.fetch(me) is None


def test_what_succeeded_is_deleted_and_what_failed_is_kept(table):
    made, me = [make_job(status="todo") for _ in range(2)], worker(silent_for=0)

    table.finish(table.fetch(me), Status.SUCCEEDED)
    table.finish(table.fetch(me), Status.FAILED)

    assert [status_of(job) for job in made] == ["deleted", "failed"]


def test_a_job_put_back_is_taken_again_when_it_is_due(table):
    make_job(status="todo")
    me = worker(silent_for=0)
    now, minute = dt.datetime.now(tz=dt.UTC), dt.timedelta(minutes=1)

    table.retry(table.fetch(me), RetryDecision(retry_at=now + minute))
    assert table.fetch(me) is None

    make_job(status="todo")
    table.retry(table.fetch(me), RetryDecision(retry_at=now - minute))
    assert table.fetch(me).attempts == 1


@committed
def test_a_job_that_was_given_back_cannot_be_ticked_off(table):
    make_job(status="todo")
    me = worker(silent_for=0)
    taken = table.fetch(me)
    table.finish(taken, Status.SUCCEEDED)

    with pytest.raises(JobNotInHand):
        table.finish(taken, Status.SUCCEEDED)
    with pytest.raises(JobNotInHand):
        table.retry(taken, RetryDecision())


@committed
def test_a_job_put_down_is_heard_of_also_while_something_else_is_said(table):
    with JobTable.opened() as listening:
        listening.listen()
        assert listening.heard() == 0

        queue.defer("some.work", number=1)
        listening.beat(worker(silent_for=0))
        queue.defer("some.work", number=2)

        heard = 0
        while heard < 2:
            heard += listening.heard()
            assert heard == 2 or select.select([listening], [], [], 10)[0], "it was not heard of"


def test_a_worker_is_known_while_it_works_and_a_long_silent_one_forgotten(table):
    worker(silent_for=20)

    me = table.enter_worker(forget_after_seconds=10)

    assert workers() == [me]
    table.leave(me)
    assert workers() == []


def workers() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_workers ORDER BY id")
        return [number for (number,) in cursor.fetchall()]
