"""The worker's own way to the database: quick, and mended by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from django.db import connection
from procrastinate import PsycopgConnector, exceptions

from panjereh.plumbing import queue_connections as connections

pytestmark = pytest.mark.django_db(transaction=True)
_SOURCE = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'"


def test_the_queue_does_not_wait_for_the_disk_and_operations_do_as_the_server_says() -> None:
    async def ask(connector: PsycopgConnector) -> Any:
        return await connector.execute_query_one_async(_SOURCE)

    assert _with_connector(ask) == {"source": "session"}
    with connection.cursor() as cursor:
        cursor.execute(_SOURCE)
        assert cursor.fetchone() != ("session",)


def test_a_connection_that_died_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "TRUSTED_FOR_SECONDS", 0.0)

    async def outlive(connector: PsycopgConnector) -> Any:
        with pytest.raises(exceptions.ConnectorException):
            await connector.execute_query_async("SELECT pg_terminate_backend(pg_backend_pid())")
        return await connector.execute_query_one_async("SELECT 1 AS one")

    assert _with_connector(outlive) == {"one": 1}


def _with_connector(work: Callable[[PsycopgConnector], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        connector = connections.make_connector()
        await connector.open_async()
        try:
            return await work(connector)
        finally:
            await connector.close_async()

    return asyncio.run(run())
