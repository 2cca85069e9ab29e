"""A worker that died gives back what it had in hand; one that lives keeps it."""

import asyncio
import contextlib
from collections.abc import Iterator

import pytest
from django.db import connection
from procrastinate import App, exceptions
from procrastinate.contrib.django import app

from panjereh.commands.management.commands.worker import WorkerStopped, work
from panjereh.plumbing import upkeep

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace"])


@pytest.fixture
def worker_app() -> Iterator[App]:
    """Return the queue as the worker uses it: on connections of its own."""
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as own:
        yield own


def test_a_dead_workers_job_is_given_back(worker_app):
    job = job_in_hand(of=worker(silent_for=upkeep.DEAD_AFTER_SECONDS + 1))
    assert given_back(worker_app) == 1
    assert status_of(job) == "todo"


def test_a_job_whose_worker_is_forgotten_is_given_back(worker_app):
    job = job_in_hand(of=None)
    assert given_back(worker_app) == 1
    assert status_of(job) == "todo"


def test_a_living_worker_keeps_its_job_through_three_missed_beats(worker_app):
    job = job_in_hand(of=worker(silent_for=3 * upkeep.BEAT_SECONDS))
    assert given_back(worker_app) == 0
    assert status_of(job) == "doing"


def test_work_that_a_sweep_has_queued_again_is_left_to_the_second_job(worker_app):
    dead = worker(silent_for=upkeep.DEAD_AFTER_SECONDS + 1)
    twice, other = job_in_hand(of=dead, lock="fetch:1"), job_in_hand(of=dead)
    again = make_job(status="todo", lock="fetch:1")
    assert given_back(worker_app) == 2
    assert [status_of(each) for each in (twice, other, again)] == ["aborted", "todo", "todo"]


def test_a_worker_that_starts_looks_at_once(worker_app, monkeypatch):
    job = job_in_hand(of=worker(silent_for=upkeep.DEAD_AFTER_SECONDS + 1))

    async def idle(**_options: object) -> None:
        await asyncio.sleep(0.1)

    monkeypatch.setattr(worker_app, "run_worker_async", idle)
    with pytest.raises(WorkerStopped):
        asyncio.run(work(worker_app))
    assert status_of(job) == "todo"


def test_a_look_that_fails_is_followed_by_another(worker_app, monkeypatch):
    job = job_in_hand(of=None)
    look = worker_app.job_manager.get_stalled_jobs
    failures = iter([exceptions.ConnectorException()])

    async def fail_once(**arguments: float) -> object:
        for failure in failures:
            raise failure
        return await look(**arguments)

    async def watch_for_a_moment() -> None:
        async with worker_app.open_async():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(upkeep.watch(worker_app), timeout=0.2)

    monkeypatch.setattr(worker_app.job_manager, "get_stalled_jobs", fail_once)
    monkeypatch.setattr(upkeep, "BEAT_SECONDS", 0.01)
    asyncio.run(watch_for_a_moment())
    assert status_of(job) == "todo"


def given_back(worker_app: App) -> int:
    """Look once, as a worker does at every beat."""

    async def look() -> int:
        async with worker_app.open_async():
            return await upkeep.give_back(worker_app)

    return asyncio.run(look())


def worker(*, silent_for: float) -> int:
    """Write a worker down that beat last so many seconds ago."""
    return insert(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
        " RETURNING id",
        silent_for,
    )


def job_in_hand(*, of: int | None, lock: str | None = None) -> int:
    """Write a job down that a worker took."""
    return make_job(status="doing", lock=lock, worker_id=of)


def make_job(*, status: str, lock: str | None = None, worker_id: int | None = None) -> int:
    """Write a job down."""
    return insert(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, status, queueing_lock, worker_id)"
        " VALUES ('disclosure.fetch', 'default', %s::procrastinate_job_status, %s, %s) RETURNING id",
        status,
        lock,
        worker_id,
    )


def status_of(job: int) -> str:
    """Return where a job stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        return cursor.fetchone()[0]


def insert(statement: str, *values: object) -> int:
    """Insert a row and return its id."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
