"""A connection from the pool that the server has cut is replaced before it is used.

Django's own health check sends a question and waits for the answer at every request; it was a sixth of the
cost of «my cases» (B-PAGE). A server that restarts, or ends a session, closes its side, and the kernel knows:
an idle connection with something to read is not one to use.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection

_SAID_OR_CLOSED = select.POLLIN | select.POLLHUP | select.POLLERR | select.POLLRDHUP


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own in everything else."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection that is open on both sides."""
        connection = super().get_new_connection(conn_params)
        while self.pool and _is_cut(connection):
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def _is_cut(connection: Connection[Any]) -> bool:
    """Whether the server has something to say to a connection that asked nothing: mostly that it is over."""
    looking = select.poll()
    looking.register(connection.fileno(), _SAID_OR_CLOSED)
    return bool(looking.poll(0))
