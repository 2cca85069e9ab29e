"""An end to every wait for the database, also when it is frozen or a line hangs that nobody cut."""

from typing import Final, TypeVar

import psycopg
from psycopg import AsyncConnection
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from psycopg.rows import DictRow

R = TypeVar("R")

# Seconds; longer than the server's own, so that we learn what became of a statement wherever it can tell us.
PATIENCE: Final = 8.0
LIMITS: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "options": "-c statement_timeout=6000 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=30000",
}


class PatientConnection(AsyncConnection[DictRow]):
    """A connection whose every wait ends; it is closed then, lest a late answer be taken for the next one."""

    patience: float = PATIENCE

    async def wait(
        self,
        gen: PQGen[R],
        interval: float = 0.1,
        timeout: float | None = None,  # noqa: ASYNC109 -- psycopg's signature
    ) -> R:
        """Carry on an exchange with the server. Raises `OperationalError` when it stays silent."""
        if timeout is not None:
            return await super().wait(gen, interval, timeout)
        try:
            return await super().wait(gen, interval, self.patience)
        except _WaitTimeout as silence:
            self.pgconn.finish()
            raise psycopg.OperationalError(f"the database was silent for {self.patience:g} s") from silence
