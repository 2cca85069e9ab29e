"""The embedded server: private, recoverable, and never in anybody's way."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from devtool import databases, paths, postgres, processes, roles
from devtool.console import Trouble

pytestmark = pytest.mark.slow


def _server(checkout: Path, name: postgres.Name = "main") -> postgres.Server:
    return postgres.server(name, checkout=checkout, venv=paths.VENV)


def _make_cluster(server: postgres.Server) -> None:
    postgres.start(server, tied=False)
    postgres.stop(server)


def _kill(process: processes.Process) -> None:
    os.kill(process.pid, signal.SIGKILL)
    _wait_until(lambda: not process.is_alive())


def _wait_until(holds: object, *, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


def test_rows_acknowledged_before_a_kill_are_there_after_it(checkout: Path) -> None:
    server = _server(checkout)
    process = postgres.start(server, tied=False)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        for number in range(200):
            connection.execute("INSERT INTO kept VALUES (%s)", (number,))

        _kill(process)
    postgres.start(server, tied=False)

    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (200,)


def test_data_whose_keys_are_gone_is_set_aside_and_never_taken_for_ones_own(checkout: Path) -> None:
    server = _server(checkout)
    process = postgres.start(server, tied=False)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE of_the_checkout_before (number int)")
    postgres.stop(server)
    assert not process.is_alive()

    shutil.rmtree(checkout / ".run")
    postgres.start(_server(checkout), tied=False)

    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT to_regclass('of_the_checkout_before')").fetchone() == (None,)
    if os.geteuid() == 0:  # an ordinary user's data lay in .run itself
        assert (server.home / "main-data.left").is_dir()


def test_main_keeps_every_promise_about_what_is_on_disk(checkout: Path) -> None:
    server = _server(checkout)
    postgres.start(server, tied=False)

    with psycopg.connect(server.url()) as connection:
        names = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums", "listen_addresses")
        settings = [connection.info.parameter_status("server_encoding")]
        settings += [
            connection.execute("SELECT current_setting(%s)", (name,)).fetchone()[0] for name in names
        ]  # type: ignore[index]

    assert settings == ["UTF8", "on", "on", "on", "on", ""]


def test_text_is_folded_by_unicode_whatever_the_machine(checkout: Path) -> None:
    server = _server(checkout)
    postgres.start(server, tied=False)

    with psycopg.connect(server.url()) as connection:
        row = connection.execute("SELECT datlocale FROM pg_database WHERE datname = 'postgres'").fetchone()

    assert row == ("PG_UNICODE_FAST",)


def test_a_role_comes_in_with_its_password_and_not_without(checkout: Path) -> None:
    server = _server(checkout)
    postgres.start(server, tied=False)
    roles.prepare(server.url(), "panjereh", passwords={"panjereh_app": "right"})

    psycopg.connect(server.url(database="panjereh", user="panjereh_app", password="right")).close()

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url(database="panjereh", user="panjereh_app", password="wrong"))
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url(database="panjereh", user="panjereh_app"))


def test_nobody_else_can_enter_the_folder_of_the_socket_or_the_data(checkout: Path) -> None:
    server = _server(checkout)
    postgres.start(server, tied=False)

    assert [
        folder.stat().st_mode & 0o077 for folder in (server.home, server.socket_directory, server.data)
    ] == [0, 0, 0]


def test_parents_of_the_checkout_keep_their_permissions(checkout: Path) -> None:
    checkout.parent.chmod(0o700)
    postgres.start(_server(checkout), tied=False)

    assert checkout.parent.stat().st_mode & 0o777 == 0o700


def test_the_server_is_never_root(checkout: Path) -> None:
    process = postgres.start(_server(checkout), tied=False)

    assert Path(f"/proc/{process.pid}").stat().st_uid != 0


def test_starting_twice_is_one_server(checkout: Path) -> None:
    first = postgres.start(_server(checkout), tied=False)

    assert postgres.start(_server(checkout), tied=False) == first


def test_a_number_left_by_a_dead_server_that_a_stranger_carries_now_does_not_matter(checkout: Path) -> None:
    server = _server(checkout)
    _kill(postgres.start(server, tied=False))
    left = server.data / "postmaster.pid"
    left.write_text("\n".join([str(os.getpid()), *left.read_text().splitlines()[1:]]))

    assert postgres.running(server) is None
    assert postgres.start(server, tied=False).is_alive()


def test_a_tied_server_ends_when_its_parent_is_killed(checkout: Path) -> None:
    program = (
        "import sys, time, pathlib\n"
        "from devtool import postgres, paths\n"
        "server = postgres.server('main', checkout=pathlib.Path(sys.argv[1]), venv=paths.VENV)\n"
        "postgres.start(server, tied=True)\n"
        "print('up', flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(checkout)], stdout=subprocess.PIPE, cwd=paths.ROOT, text=True
    )
    with parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "up\n"
        process = postgres.running(_server(checkout))
        assert process is not None

        parent.kill()

        _wait_until(lambda: not process.is_alive())


def test_data_of_another_major_version_is_refused_with_the_way_out(checkout: Path) -> None:
    server = _server(checkout)
    _make_cluster(server)
    (server.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(Trouble, match="PostgreSQL 14") as refused:
        postgres.start(server, tied=False)

    assert "pg_dumpall" in refused.value.hint


def test_a_cluster_whose_making_was_killed_is_made_anew(checkout: Path) -> None:
    server = _server(checkout)
    half = server.home / "main-data.making"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    assert postgres.start(server, tied=False).is_alive()


def test_what_the_server_said_is_shown_when_it_does_not_start(checkout: Path) -> None:
    server = _server(checkout)
    _make_cluster(server)
    with (server.data / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")

    with pytest.raises(Trouble, match="no_such_setting"):
        postgres.start(server, tied=False)


def test_a_checkout_with_a_path_too_long_for_a_socket_has_its_socket_elsewhere(deep_checkout: Path) -> None:
    server = _server(deep_checkout)
    postgres.start(server, tied=False)

    psycopg.connect(server.url()).close()


def test_preparing_twice_changes_nothing_and_nobody_unknown_may_connect(checkout: Path) -> None:
    server = _server(checkout, "test")
    postgres.start(server, tied=False)
    for _ in range(2):
        roles.prepare(server.url(), "panjereh_idp", roles=databases.IDP)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE ROLE stranger LOGIN")

    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(server.url(database="panjereh_idp", user="stranger"))


def test_a_worker_role_may_not_make_tables_and_the_owner_may(checkout: Path) -> None:
    server = _server(checkout, "test")
    postgres.start(server, tied=False)
    roles.prepare(server.url(), "panjereh")

    with psycopg.connect(server.url(database="panjereh", user="panjereh_owner")) as owner:
        owner.execute("CREATE TABLE made ()")
    with (
        psycopg.connect(server.url(database="panjereh", user="panjereh_app")) as worker,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        worker.execute("CREATE TABLE not_made ()")


def test_a_worker_role_may_not_read_a_table_without_a_grant(checkout: Path) -> None:
    server = _server(checkout, "test")
    postgres.start(server, tied=False)
    roles.prepare(server.url(), "panjereh")
    with psycopg.connect(server.url(database="panjereh", user="panjereh_owner")) as owner:
        owner.execute("CREATE TABLE private ()")

    with (
        psycopg.connect(server.url(database="panjereh", user="panjereh_app")) as worker,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        worker.execute("SELECT * FROM private")


def test_the_reader_cannot_write_even_where_it_was_granted(checkout: Path) -> None:
    server = _server(checkout, "test")
    postgres.start(server, tied=False)
    roles.prepare(server.url(), "panjereh")
    with psycopg.connect(server.url(database="panjereh", user="panjereh_owner")) as owner:
        owner.execute("CREATE TABLE granted (number int)")
        owner.execute("GRANT INSERT ON granted TO panjereh_read")

    with (
        psycopg.connect(server.url(database="panjereh", user="panjereh_read")) as reader,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
    ):
        reader.execute("INSERT INTO granted VALUES (1)")


def test_the_server_logs_no_row_it_refuses_and_no_statement_that_fails(checkout: Path) -> None:
    canary = "9991234569"
    server = _server(checkout)
    postgres.start(server, tied=False)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE person (number text UNIQUE CHECK (number <> '0'))")
        connection.execute("INSERT INTO person VALUES (%s)", [canary])
        for failing in (
            "INSERT INTO person VALUES ('9991234569')",
            "SELECT 9991234569 / 0",
            "SELECT '9991234569' FROM nowhere",
            "SELECT 'number 9991234569'::uuid",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(failing)

    assert canary not in server.log.read_text()
