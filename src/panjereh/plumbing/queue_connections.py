"""How the worker's queue reaches the database: one round trip for each thing it says."""

import time
from typing import Any, Final
from weakref import WeakKeyDictionary

from procrastinate import PsycopgConnector
from procrastinate.contrib.django.utils import connector_params
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

# A connection that answered this lately is not asked whether it lives.
TRUSTED_FOR_SECONDS: Final = 1.0
_asked_at: WeakKeyDictionary[AsyncConnection[Any], float] = WeakKeyDictionary()


def make_connector() -> PsycopgConnector:
    """Return the worker's connector.

    Procrastinate's own wraps each of its single statements in a transaction, waits for the disk, and asks
    before each whether the connection lives: four round trips in place of one.
    """
    return PsycopgConnector(
        pool_factory=_make_pool, kwargs=connector_params(), configure=_configure, min_size=1, max_size=4
    )


def _make_pool(**arguments: Any) -> AsyncConnectionPool:
    return AsyncConnectionPool(**{**arguments, "check": _check})


async def _configure(connection: AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)
    # That a job was taken, or is done, need not outlive a fall of the database: the job then runs once more,
    # which every operation bears. What the operations themselves write is as durable as before.
    await connection.execute("SET synchronous_commit = off")


async def _check(connection: AsyncConnection[Any]) -> None:
    now = time.monotonic()
    if now - _asked_at.get(connection, now - 2 * TRUSTED_FOR_SECONDS) > TRUSTED_FOR_SECONDS:
        await AsyncConnectionPool.check_connection(connection)
        _asked_at[connection] = now
