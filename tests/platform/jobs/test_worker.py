"""How the worker ends: in good order when it is asked to, and never as if it had been when it was not."""

import dataclasses
import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from procrastinate import App
from procrastinate.contrib.django import app
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from panjereh.commands.management.commands import worker
from panjereh.commands.management.commands.worker import WorkerStopped, work
from panjereh.plumbing import queue

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "trace"]),
    pytest.mark.slow,
    # A worker's threads leave connections to the garbage collector as they end.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Have what this test leaves behind collected in its own time, not in that of a later test."""
    yield
    gc.collect()


@pytest.fixture
def jobs() -> App:
    """Return an app that knows no job yet."""
    return App(connector=app.connector)


def run_until(jobs: App, admin_url: str, happen: Callable[[], None], **asked: Any) -> None:
    """Run a worker here, where signals arrive, and have something happen once it is at work."""

    def scene() -> None:
        until = time.monotonic() + 20
        while not is_listened_for(admin_url) and time.monotonic() < until:
            time.sleep(0.02)
        happen()

    elsewhere = threading.Thread(target=scene)
    elsewhere.start()
    try:
        work(jobs, **asked)
    finally:
        elsewhere.join()


def is_listened_for(admin_url: str) -> bool:
    """Whether a worker listens for jobs: the last thing it does before it looks after them."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND query LIKE 'LISTEN %%'"
    with psycopg.connect(admin_url, autocommit=True) as admin:
        return bool(admin.execute(query, [own_database()]).fetchone()[0]) or bool(workers(admin_url))


def workers(admin_url: str) -> list[int]:
    """Return the numbers of the workers that are written down."""
    with psycopg.connect(admin_url, dbname=own_database(), autocommit=True) as admin:
        return [number for (number,) in admin.execute("SELECT id FROM procrastinate_workers")]


def own_database() -> str:
    return str(conninfo_to_dict(settings.PANJEREH_TEST_OWNER_URL)["dbname"])


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_asked_to_stop_by_a_signal_it_ends_in_good_order(jobs, admin_url):
    run_until(jobs, admin_url, stop)

    assert workers(admin_url) == []


def test_a_job_put_down_while_it_works_is_begun_at_once_and_done_before_it_ends(jobs, admin_url):
    done = []

    @jobs.task(name="test.linger")
    def linger() -> None:
        stop()
        time.sleep(0.1)
        done.append(time.monotonic())

    begun = time.monotonic()
    run_until(jobs, admin_url, lambda: queue.defer("test.linger"))

    assert len(done) == 1
    # Far sooner than it would look by itself, twice over.
    assert done[0] - begun < 2 * worker.POLL_SECONDS


def test_asked_to_stop_by_the_end_of_a_file_it_ends_in_good_order(jobs, admin_url):
    end, asking = os.pipe()

    run_until(jobs, admin_url, lambda: os.close(asking), end=end)

    os.close(end)
    assert workers(admin_url) == []


def test_it_does_not_end_as_if_asked_when_the_database_is_gone(jobs, admin_url):
    with pytest.raises((WorkerStopped, psycopg.Error)), closed_again(admin_url) as close:
        run_until(jobs, admin_url, close)


def lose_connections(admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as admin:
        query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        admin.execute(query, [own_database()])


@contextmanager
def closed_again(admin_url: str) -> Iterator[Callable[[], None]]:
    """Yield what closes the database to everybody, until the block ends."""
    change = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")

    def let_in(word: str) -> None:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute(change.format(sql.Identifier(own_database()), sql.SQL(word)))

    def close() -> None:
        let_in("false")
        lose_connections(admin_url)

    try:
        yield close
    finally:
        let_in("true")


@pytest.mark.parametrize("fault", [WorkerStopped("the queue is gone"), psycopg.OperationalError("gone")])
def test_a_worker_that_ended_by_itself_has_a_status_that_says_so(monkeypatch, fault):
    def end(_jobs: App) -> None:
        raise fault

    monkeypatch.setattr(worker, "work", end)

    with pytest.raises(CommandError, match="The worker ended") as ended:
        call_command("worker", processes=1)

    assert ended.value.returncode == 1


def test_a_worker_beats_while_it_works_and_takes_its_heartbeat_along(
    jobs: App, admin_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = dataclasses.replace(settings.PANJEREH, state_directory=tmp_path)
    monkeypatch.setattr(settings, "PANJEREH", kept)
    found: list[str] = []

    def look_and_stop() -> None:
        until = time.monotonic() + 20
        while not found and time.monotonic() < until:
            found.extend(path.name for path in tmp_path.glob("worker.*.heartbeat"))
            time.sleep(0.02)
        stop()

    run_until(jobs, admin_url, look_and_stop)

    assert found == [f"worker.{os.getpid()}.heartbeat"]
    assert not list(tmp_path.iterdir())
