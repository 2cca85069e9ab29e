"""A connection that gives up on a server that does not answer.

The server's own time-outs end a slow statement, and TCP's end a line that is cut. Neither ends the wait for a
server that is frozen, or behind a proxy that hangs: the line is alive and nobody speaks. Only a clock on this
side does.
"""

from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg.errors import _WaitTimeout

if TYPE_CHECKING:
    from psycopg.abc import PQGen

R = TypeVar("R")


class DatabaseSilent(psycopg.OperationalError):
    """No answer came in time. Whether the statement was carried out is not known."""


class PatientConnection(psycopg.Connection[Any]):
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
