"""The backend, where Django looks for one: it differs only in the class of its connections."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base

from panjereh.plumbing.postgresql.connection import patient


class DatabaseWrapper(base.DatabaseWrapper):
    """`OPTIONS["patience"]` is how many seconds to wait for an answer; without it, for ever."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return what to connect with: the driver does not know our option."""
        params = super().get_connection_params()
        params.pop("patience", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection, from the pool where there is one."""
        seconds = self.settings_dict["OPTIONS"].get("patience")
        if self.pool or seconds is None:
            return super().get_new_connection(conn_params)
        connect: type[psycopg.Connection[Any]] = patient(seconds)
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        return connect.connect(**conn_params)
