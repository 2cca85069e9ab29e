"""The backend, where Django looks for one: it differs only in the class of its connections."""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

from panjereh.plumbing.postgresql.connection import Connection, patient
from panjereh.plumbing.postgresql.cursor import Asker, Cursor, Teller

_SAID_OR_CLOSED = select.POLLIN | select.POLLHUP | select.POLLERR | select.POLLRDHUP


class DatabaseWrapper(base.DatabaseWrapper):
    """`OPTIONS["patience"]` is how many seconds to wait for an answer; without it, for ever."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._kept: dict[type[Cursor], Cursor] = {}

    def get_connection_params(self) -> dict[str, Any]:
        """Return what to connect with: the driver does not know our option, our connection its cursor."""
        params = super().get_connection_params()
        params.pop("patience", None)
        params.pop("cursor_factory", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection, from the pool where there is one."""
        seconds = self.settings_dict["OPTIONS"].get("patience")
        if self.pool:
            return self._uncut(conn_params)
        connect = Connection if seconds is None else patient(seconds)
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        return connect.connect(**conn_params)

    def teller(self) -> CursorWrapper:
        """Return the cursor for statements that answer nothing, behind the guards of every other."""
        return self._kept_cursor(Teller)

    def asker(self) -> CursorWrapper:
        """Return the cursor for questions whose answers are fetched whole, behind the same guards."""
        return self._kept_cursor(Asker)

    def _kept_cursor(self, kind: type[Cursor]) -> CursorWrapper:
        """There is one of a kind for each connection: making one costs more than using it."""
        self.validate_thread_sharing()
        self.ensure_connection()
        kept = self._kept.get(kind)
        if kept is None or kept.connection is not self.connection:
            kept = self._kept[kind] = kind(self.connection)
        bare: Any = kept
        return self.make_debug_cursor(bare) if self.queries_logged else self.make_cursor(bare)

    def _uncut(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection of the pool that is open on both sides.

        Django's own health check asks and waits for the answer at every request; it was a sixth of the cost
        of «my cases» (B-PAGE). A server that restarts, or ends a session, closes its side, and the kernel
        knows: an idle connection with something to read is not one to use.
        """
        connection = super().get_new_connection(conn_params)
        while _is_cut(connection):
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def _is_cut(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server has something to say to a connection that asked nothing: mostly that it is over."""
    looking = select.poll()
    looking.register(connection.fileno(), _SAID_OR_CLOSED)
    return bool(looking.poll(0))
