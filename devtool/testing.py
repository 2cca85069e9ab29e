"""What the tests' conftest asks of the tool: a PostgreSQL to make throw-away databases on."""

from __future__ import annotations

import os

from devtool import postgres


def admin_url() -> str:
    """Return a superuser's address for making and dropping test databases.

    `DATABASE_URL` if it is set; else this checkout's throw-away server, started if it does not run yet and
    left running for the next run (`./dev down` ends it). Safe to call from several test processes at once.
    """
    if given := os.environ.get("DATABASE_URL"):
        return given
    server = postgres.server("test")
    postgres.start(server, tied=False)
    return server.url()
