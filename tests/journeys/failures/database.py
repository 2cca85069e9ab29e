"""The platform's database from outside: a row is held, so that a program stops before it, and dies there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from tests.journeys.steps import wait_for

Row = tuple[Any, ...]

LONGEST_RESTART = 60.0
"""The supervisor pauses for half a minute before it starts again what died time after time."""


@dataclass(frozen=True)
class Database:
    """A superuser's way in, for looking and for holding."""

    url: str

    @classmethod
    def running(cls) -> "Database":
        """Return the database that `./dev journey` points at."""
        return cls(os.environ["PANJEREH_JOURNEY_DATABASE_URL"])

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return what a query finds; while the server is killed and begins anew, ask again."""

        def look() -> list[Row] | None:
            with suppress(psycopg.OperationalError), psycopg.connect(self.url, autocommit=True) as connection:
                return connection.execute(query, values).fetchall()
            return None

        return wait_for(look, what="an answer of the database", seconds=LONGEST_RESTART)

    def one(self, query: str, *values: object) -> Any:
        """Return the first value of the only row."""
        return self.rows(query, *values)[0][0]

    def postmaster(self) -> int:
        """Return PostgreSQL's first process: the parent of the one that serves us."""
        with psycopg.connect(self.url) as connection:
            status = Path(f"/proc/{connection.info.backend_pid}/stat").read_text(encoding="utf-8")
        return int(status.rpartition(")")[2].split()[1])

    @contextmanager
    def held(self, table: str, **key: object) -> Iterator["Held"]:
        """Hold one row, so that whoever wants to change it stops there."""
        (column, value), *_ = key.items()
        # Names of tables and columns are written in these tests, by nobody else.
        query = f"SELECT 1 FROM {table} WHERE {column} = %s FOR UPDATE"  # noqa: S608
        with self._holding(query, [value]) as held:
            yield held

    @contextmanager
    def closed(self, table: str) -> Iterator["Held"]:
        """Hold a whole table, so that whoever wants to add to it stops there."""
        with self._holding(f"LOCK TABLE {table} IN SHARE MODE", []) as held:
            yield held

    @contextmanager
    def _holding(self, statement: str, values: list[object]) -> Iterator["Held"]:
        with psycopg.connect(self.url) as connection:
            connection.execute(statement, values)
            held = Held(self, connection)
            try:
                yield held
            finally:
                held.let_go()

    @contextmanager
    def untold(self) -> Iterator[None]:
        """Have every commit done but not yet reported: it waits for a second server that is not there."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            _wait_for_standby(connection, "nobody")
            try:
                yield
            finally:
                _wait_for_standby(connection, "")

    def wait_until_untold(self, session: int) -> None:
        """Wait until a session has committed and was not told so."""
        query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND pid = %s"
        wait_for(lambda: self.one(query, session) or None, what="a commit that nobody is told of")

    def job(self, name: str, **argument: UUID) -> int:
        """Wait until a worker has the job of that name in hand, and return its number."""
        (key, value), *_ = argument.items()
        query = (
            "SELECT id FROM procrastinate_jobs WHERE task_name = %s AND status = 'doing' AND args ->> %s = %s"
        )

        def look() -> int | None:
            found = self.rows(query, name, key, str(value))
            return int(found[0][0]) if found else None

        return wait_for(look, what=f"a worker at {name}")


@dataclass(frozen=True)
class Held:
    """Something being held."""

    database: Database
    connection: psycopg.Connection[Row]

    def wanted_by(self) -> int:
        """Wait until a session stands before it, and return which."""
        query = "SELECT pid FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
        holder = self.connection.info.backend_pid

        def look() -> int | None:
            found = self.database.rows(query, holder)
            return int(found[0][0]) if found else None

        return wait_for(look, what="somebody at what is held")

    def let_go(self) -> None:
        """Let it go; the server may have been killed meanwhile, and the hold with it."""
        with suppress(psycopg.OperationalError):
            self.connection.rollback()


def _wait_for_standby(connection: psycopg.Connection[Row], name: str) -> None:
    # This session must not wait for the second server itself.
    connection.execute("SET synchronous_commit = 'local'")
    connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
    connection.execute("SELECT pg_reload_conf()")
