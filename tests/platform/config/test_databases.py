"""No wait for the database is without end: neither for a lock, nor for a server that says nothing at all."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from django.db import OperationalError
from psycopg.conninfo import conninfo_to_dict

from panjereh.config.databases import PAGES, WORK, database
from panjereh.plumbing.postgresql.base import DatabaseWrapper
from tests.platform.config.silent_line import SilentLine, line_to

SHORT = replace(PAGES, patience=0.5)
SOON = 3.0  # seconds: far below any wait without end, far above what a busy machine adds


@pytest.fixture
def line(admin_url: str) -> Iterator[SilentLine]:
    parts = conninfo_to_dict(admin_url)
    host, port = str(parts.get("host", "localhost")), int(parts.get("port", 5432))
    target = f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port)
    with line_to(target) as line:
        yield line


def connected(line: SilentLine, admin_url: str, *, pool: bool) -> DatabaseWrapper:
    """Return Django's connection over the line, in use."""
    parts = conninfo_to_dict(admin_url)
    who = f"{parts['user']}:{parts.get('password', '')}"
    url = f"postgresql://{who}@127.0.0.1:{line.port}/{parts['dbname']}"
    wrapper = DatabaseWrapper(settings_of(url, pool=pool), alias=f"line-{pool}")
    assert ask(wrapper) == 1
    return wrapper


def settings_of(url: str, *, pool: bool) -> dict[str, Any]:
    defaults = {"TIME_ZONE": None, "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True}
    return defaults | database(url, pool=pool, limits=SHORT)


def ask(wrapper: DatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT 1")
        found: int = cursor.fetchone()[0]
        return found


def let_go(wrapper: DatabaseWrapper) -> None:
    wrapper.close()
    if wrapper.pool:
        wrapper.close_pool()


@pytest.mark.slow
@pytest.mark.parametrize("pool", [False, True])
def test_a_line_that_falls_silent_holds_nobody_and_heals(line, admin_url, pool):
    wrapper = connected(line, admin_url, pool=pool)
    line.is_silent = True
    begun = time.monotonic()

    with pytest.raises(OperationalError, match="silent"):
        ask(wrapper)

    assert time.monotonic() - begun < SOON
    assert wrapper.connection.closed
    wrapper.close()
    line.is_silent = False
    assert ask(wrapper) == 1
    let_go(wrapper)


@pytest.mark.slow
def test_every_thread_of_a_web_process_is_free_again(line, admin_url):
    threads = [connected(line, admin_url, pool=False) for _ in range(4)]
    line.is_silent = True
    begun = time.monotonic()

    def wait(wrapper: DatabaseWrapper) -> None:
        wrapper.inc_thread_sharing()
        with pytest.raises(OperationalError):
            ask(wrapper)

    with ThreadPoolExecutor(len(threads)) as pool:
        list(pool.map(wait, threads))

    assert time.monotonic() - begun < SOON
    for wrapper in threads:
        wrapper.close()


@pytest.mark.slow
def test_the_late_answer_to_one_question_is_never_the_answer_to_the_next(line, admin_url):
    wrapper = connected(line, admin_url, pool=False)
    line.is_silent = True
    with pytest.raises(OperationalError):
        ask(wrapper)
    line.is_silent = False

    with pytest.raises(OperationalError):
        ask(wrapper)
    wrapper.close()


@pytest.mark.slow
def test_a_server_that_does_not_greet_is_given_up(line, admin_url):
    line.is_silent = True
    parts = conninfo_to_dict(admin_url)
    options = database("postgresql://x@/x", pool=False)["OPTIONS"]
    assert options["connect_timeout"] == 5
    begun = time.monotonic()

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host="127.0.0.1", port=line.port, user=parts["user"], connect_timeout=2)

    assert time.monotonic() - begun < SOON


@pytest.mark.parametrize("limits", [PAGES, WORK])
def test_the_server_is_told_the_limits_of_the_program(admin_url, limits):
    told = database(admin_url, pool=False, limits=limits)["OPTIONS"]["options"]

    with psycopg.connect(admin_url, options=told) as connection:
        in_force = dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())
    assert in_force["statement_timeout"] == f"{limits.statement * 1000}"
    assert in_force["lock_timeout"] == f"{limits.lock * 1000}"
    assert in_force["idle_in_transaction_session_timeout"] == f"{limits.idle * 1000}"


@pytest.mark.parametrize("limits", [PAGES, WORK])
def test_the_server_gives_up_before_we_do_so_that_we_learn_what_became_of_it(limits):
    assert limits.lock <= limits.statement < limits.patience


def test_options_of_the_operators_own_address_are_kept():
    told = database("postgresql://x@/x?options=-csearch_path%3Da", pool=False, limits=PAGES)["OPTIONS"]

    assert told["options"].startswith("-csearch_path=a -c ")
    assert told["options"].count("statement_timeout") == 1
