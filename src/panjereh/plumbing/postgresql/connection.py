"""A connection that gives up on a server that does not answer, and says several things at once.

The server's own time-outs end a slow statement, and TCP's end a line that is cut. Neither ends the wait for a
server that is frozen, or behind a proxy that hangs: the line is alive and nobody speaks. Only a clock on this
side does.

An exchange with the server costs more than most statements. What needs no answer is kept in `unsent` and goes
with what comes next, see ADR 0011; `panjereh.plumbing.postgresql.cursor` keeps it.
"""

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.errors import _WaitTimeout
from psycopg.generators import fetch_many, send
from psycopg.pq import ExecStatus, PipelineStatus, TransactionStatus

from panjereh.plumbing.postgresql.cursor import Cursor, Send

if TYPE_CHECKING:
    from psycopg.abc import PQGen
    from psycopg.pq.abc import PGresult

R = TypeVar("R")


class DatabaseSilent(psycopg.OperationalError):
    """No answer came in time. Whether the statement was carried out is not known."""


class Connection(psycopg.Connection[Any]):
    """A connection that sends what needs no answer with the next statement, or with the COMMIT.

    The server sees all of it in the order of the program, and skips the rest behind an error: that statement,
    or that COMMIT, then raises it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.cursor_factory = Cursor
        self.unsent: list[Send] = []

    def set_autocommit(self, value: bool) -> None:  # noqa: FBT001 -- psycopg's signature
        """Do as psycopg does; on an idle line nothing is said, so there is nothing to wait for."""
        if self.pgconn.transaction_status == TransactionStatus.IDLE:
            self._autocommit = value
        else:
            super().set_autocommit(value)

    def commit(self) -> None:
        """Commit, with what is unsent. Raises what is wrong with either; nothing is committed then."""
        if not self.unsent:
            super().commit()
            return
        with self.lock:
            self.wait(self.exchange(partial(self.pgconn.send_query_params, b"COMMIT", None)))

    def rollback(self) -> None:
        """Roll back; what is unsent was never said."""
        self.unsent.clear()
        super().rollback()

    def exchange(self, *sends: Send) -> "PQGen[list[PGresult]]":
        """Send what is unsent, and `sends`, at once; return the last answer. Raises the first error."""
        everything = [*self.unsent, *sends]
        self.unsent.clear()
        is_ours = self.pgconn.pipeline_status == PipelineStatus.OFF
        self.pgconn.enter_pipeline_mode()
        for each in everything:
            each()
        self.pgconn.pipeline_sync()
        yield from send(self.pgconn)
        answers: list[PGresult] = []
        for _ in everything:
            answers += yield from fetch_many(self.pgconn)
        yield from fetch_many(self.pgconn)  # that all was said
        if is_ours:
            self.pgconn.exit_pipeline_mode()
        for answer in answers:
            if answer.status == ExecStatus.FATAL_ERROR:
                raise errors.error_from_result(answer, encoding=self.info.encoding)
        return answers[-1:]

    def _start_query(self) -> "PQGen[None]":
        # Every other way of asking, such as COPY, waits until what came before it is said.
        if self.unsent:
            yield from self.exchange()
        yield from super()._start_query()


class PatientConnection(Connection):
    """A connection whose every wait ends after `patience` seconds; it is closed then."""

    patience: float = 0.0

    def wait(
        self,
        gen: "PQGen[R]",
        interval: float = 0.1,
        timeout: float | None = None,
    ) -> R:
        """Carry on an exchange with the server. Raises `DatabaseSilent`."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except _WaitTimeout as silence:
            # Its late answer must never be taken for the answer to the next question.
            self.pgconn.finish()
            raise DatabaseSilent(f"the database was silent for {self.patience:g} s") from silence


def patient(seconds: float) -> type[PatientConnection]:
    """Return the class of connections that wait at most so long."""
    return type("PatientConnection", (PatientConnection,), {"patience": seconds})
