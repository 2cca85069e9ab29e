"""A worker that died gives back what it had in hand, one that lives keeps it; a tick is put down once."""

import pytest
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app

from panjereh.plumbing import upkeep
from panjereh.plumbing.job_table import JobTable
from panjereh.plumbing.upkeep import Upkeep
from tests.platform.plumbing.job_rows import job_in_hand, make_job, status_of, worker

# Ten seconds after a minute that five divides.
TICK = 1_790_000_100
NOW = TICK + 10.0


@pytest.fixture
def table() -> JobTable:
    """Return the queue as this test's own transaction sees it."""
    connection.ensure_connection()
    return JobTable(connection.connection)


def test_a_dead_workers_job_is_given_back(table):
    job = job_in_hand(of=worker(silent_for=upkeep.DEAD_AFTER_SECONDS + 1))
    assert upkeep.give_back(table) == 1
    assert status_of(job) == "todo"


def test_a_job_whose_worker_is_forgotten_is_given_back(table):
    job = job_in_hand(of=None)
    assert upkeep.give_back(table) == 1
    assert status_of(job) == "todo"


def test_a_living_worker_keeps_its_job_through_three_missed_beats(table):
    job = job_in_hand(of=worker(silent_for=3 * upkeep.BEAT_SECONDS))
    assert upkeep.give_back(table) == 0
    assert status_of(job) == "doing"


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_work_that_a_sweep_has_queued_again_is_left_to_the_second_job(table):
    dead = worker(silent_for=upkeep.DEAD_AFTER_SECONDS + 1)
    twice, other = job_in_hand(of=dead, lock="fetch:1"), job_in_hand(of=dead)
    again = make_job(status="todo", lock="fetch:1")
    assert upkeep.give_back(table) == 2
    assert [status_of(each) for each in (twice, other, again)] == ["aborted", "todo", "todo"]


def test_a_worker_that_starts_looks_at_once_and_then_at_every_beat(table):
    dead = worker(silent_for=upkeep.DEAD_AFTER_SECONDS + 1)
    first = job_in_hand(of=dead)
    looking = Upkeep(app, table, worker_id=worker(silent_for=0))

    looking.look(NOW)
    second = job_in_hand(of=dead)
    looking.look(NOW + upkeep.BEAT_SECONDS / 2)

    assert (status_of(first), status_of(second)) == ("todo", "doing")
    looking.look(NOW + upkeep.BEAT_SECONDS)
    assert status_of(second) == "todo"


def test_a_worker_beats_so_that_nobody_takes_its_jobs(table):
    alive = worker(silent_for=upkeep.DEAD_AFTER_SECONDS + 1)
    job = job_in_hand(of=alive)

    Upkeep(app, table, worker_id=alive).look(NOW)

    assert status_of(job) == "doing"


def test_a_clock_put_back_does_not_stop_the_heart(table):
    dead = worker(silent_for=upkeep.DEAD_AFTER_SECONDS + 1)
    looking = Upkeep(app, table, worker_id=worker(silent_for=0))
    looking.look(NOW)
    job = job_in_hand(of=dead)

    looking.look(NOW - 3600)

    assert status_of(job) == "todo"


def test_each_tick_is_put_down_once_whichever_worker_sees_it(table):
    ticking = App(connector=app.connector)
    ticking.periodic(cron="*/5 * * * *")(ticking.task(name="test.tick")(lambda timestamp: timestamp))
    first, second = (Upkeep(ticking, table, worker_id=worker(silent_for=0)) for _ in range(2))

    for seconds in (0, 60, 301):
        first.look(NOW + seconds)
        second.look(NOW + seconds)

    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'timestamp' FROM procrastinate_jobs WHERE task_name = 'test.tick'")
        assert {int(told) for (told,) in cursor.fetchall()} == {TICK, TICK + 300}
