"""How the worker ends: in good order when it is asked to, and never as if it had been when it was not."""

import asyncio
import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from panjereh.commands.management.commands import worker
from panjereh.commands.management.commands.worker import WorkerStopped, work

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "trace"]),
    pytest.mark.slow,
    # A worker's threads, and the queue's library, leave connections to the garbage collector as they end.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Have what this test leaves behind collected in its own time, not in that of a later test."""
    yield
    gc.collect()


@pytest.fixture
def worker_app() -> Iterator[App]:
    """Return the queue as the worker uses it: on connections of its own."""
    connector = PsycopgConnector(kwargs=connector_params(), timeout=1)
    with app.replace_connector(connector) as own:
        yield own


def run_until(worker_app: App, admin_url: str, happen: Callable[[], None]) -> None:
    """Run a worker, and have something happen once it is at work."""

    async def scene() -> None:
        working = asyncio.create_task(work(worker_app))
        async with asyncio.timeout(20):
            while not await asyncio.to_thread(listeners, admin_url):  # noqa: ASYNC110 -- another process's event
                await asyncio.sleep(0.02)
            await asyncio.to_thread(happen)
            await working

    asyncio.run(scene())


def listeners(admin_url: str) -> list[int]:
    """Return the sessions on which a worker listens for jobs."""
    query = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND query LIKE 'LISTEN %%'"
    with psycopg.connect(admin_url, autocommit=True) as admin:
        return [pid for (pid,) in admin.execute(query, [own_database()])]


def own_database() -> str:
    return str(conninfo_to_dict(settings.PANJEREH_TEST_OWNER_URL)["dbname"])


def test_asked_to_stop_by_a_signal_it_ends_in_good_order(worker_app, admin_url):
    run_until(worker_app, admin_url, lambda: os.kill(os.getpid(), signal.SIGTERM))


def test_it_does_not_end_as_if_asked_when_the_database_is_gone(worker_app, admin_url):
    with pytest.raises((WorkerStopped, ConnectorException)), closed_again(admin_url) as close:
        run_until(worker_app, admin_url, close)


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


@pytest.mark.parametrize("fault", [WorkerStopped("the queue is gone"), ConnectorException()])
def test_a_worker_that_ended_by_itself_has_a_status_that_says_so(monkeypatch, fault):
    async def end(_app: App) -> None:
        raise fault

    monkeypatch.setattr(worker, "work", end)

    with pytest.raises(CommandError, match="The worker ended") as ended:
        call_command("worker")

    assert ended.value.returncode == 1
