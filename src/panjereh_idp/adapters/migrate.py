"""Apply the numbered SQL files to the provider's own database, as its owner."""

import time
from collections.abc import Callable
from importlib import resources
from typing import Final

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import LockNotAvailable

LOCK = 0x70616E6A  # two migrations at once would trip over each other; the number only has to be ours

_LEDGER = """
CREATE SCHEMA IF NOT EXISTS idp;
CREATE TABLE IF NOT EXISTS idp.migration (
    name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now()
);
"""

# Whoever signs in waits behind a migration that waits for its lock: it gives up first, and tries again.
_LIMITS = "SET LOCAL lock_timeout = '4s'; SET LOCAL statement_timeout = '30s'"
PAUSES: Final = (1.0, 2.0, 4.0, 8.0)  # seconds


def names() -> list[str]:
    """Return the names of all migrations in their order."""
    files = resources.files("panjereh_idp.adapters.migrations").iterdir()
    return sorted(file.name for file in files if file.name.endswith(".sql"))


def migrate(
    owner_url: str, *, application_url: str, sleep: Callable[[float], None] = time.sleep
) -> list[str]:
    """Bring the database up to date and return the names applied, none if it was.

    All of it is one transaction, tried again after growing pauses while somebody holds a lock it needs.
    Rights go to the role that `application_url` names. Raises `LockNotAvailable` in the end.
    """
    for pause in PAUSES:
        try:
            return _migrate(owner_url, application_url=application_url)
        except LockNotAvailable:
            sleep(pause)
    return _migrate(owner_url, application_url=application_url)


def _migrate(owner_url: str, *, application_url: str) -> list[str]:
    role = conninfo_to_dict(application_url).get("user")
    if not role:
        raise ValueError("the application's database address must name its role")
    with psycopg.connect(owner_url) as connection:
        connection.execute(_LIMITS)
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        connection.execute(_LEDGER)
        done = {name for (name,) in connection.execute("SELECT name FROM idp.migration")}
        missing = [name for name in names() if name not in done]
        for name in missing:
            connection.execute(_statement(name).format(application=sql.Identifier(str(role))))
            connection.execute("INSERT INTO idp.migration (name) VALUES (%s)", [name])
    return missing


def _statement(name: str) -> sql.SQL:
    text = resources.files("panjereh_idp.adapters.migrations").joinpath(name).read_text(encoding="utf-8")
    return sql.SQL(text)  # our own files, shipped with the program
