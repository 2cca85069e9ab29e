"""Make a program's database and its roles. The one module here that needs a package (psycopg).

Nothing is granted beyond entering: what a role may do with a table stands in the migration that makes it.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from devtool.databases import DATABASES, PLATFORM, Roles, address
from devtool.databases import IDP as IDP  # noqa: PLC0414 - tests take both from here

if TYPE_CHECKING:
    from collections.abc import Mapping

# Roles belong to the whole server: two preparations at once take turns.
_TURN = 0x70616E6A


def prepare(
    admin_url: str, database: str, *, roles: Roles = PLATFORM, passwords: Mapping[str, str] | None = None
) -> None:
    """Make `roles` and an empty `database` owned by `roles.owner`; what exists already is kept.

    `passwords`: by role; roles left out get none (a server that knows its clients otherwise). On a server
    shared by several checkouts the last one to prepare sets the passwords.
    Repeating it changes nothing. May run in several processes at once.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_TURN,))
        for role in roles.everyone:
            _make_role(connection, role, password=(passwords or {}).get(role))
        for role in roles.read_only:
            _do(connection, "ALTER ROLE {} SET default_transaction_read_only = on", role)
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", database):
            _make_database(connection, database, owner=roles.owner)
        _do(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
        for role in roles.everyone:
            _do(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, role)
    _close_public_schema(admin_url, database, roles)


def _make_role(
    connection: psycopg.Connection[tuple[object, ...]], role: str, *, password: str | None
) -> None:
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        _do(connection, "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION", role)
    if password:
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
        connection.execute(statement)


def _make_database(connection: psycopg.Connection[tuple[object, ...]], database: str, *, owner: str) -> None:
    # An administrator who is no superuser must be a member of the role it gives a database to.
    administrator = connection.info.user
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolsuper AND rolname = %s", administrator):
        _do(connection, "GRANT {} TO {}", owner, administrator)
    _do(connection, "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'", database, owner)


def _close_public_schema(admin_url: str, database: str, roles: Roles) -> None:
    user = psycopg.conninfo.conninfo_to_dict(admin_url).get("user") or ""
    password = psycopg.conninfo.conninfo_to_dict(admin_url).get("password") or ""
    there = address(admin_url, database=database, user=str(user), password=str(password))
    with psycopg.connect(there, autocommit=True) as connection:
        _do(connection, "ALTER SCHEMA public OWNER TO {}", roles.owner)
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for role in roles.everyone[1:]:
            _do(connection, "GRANT USAGE ON SCHEMA public TO {}", role)


def _do(connection: psycopg.Connection[tuple[object, ...]], statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _exists(connection: psycopg.Connection[tuple[object, ...]], query: str, name: str) -> bool:
    return connection.execute(query.encode(), (name,)).fetchone() is not None


def main() -> None:
    """Prepare every database of the checkout; address and passwords come on stdin, unseen by `ps`."""
    asked = json.load(sys.stdin)
    for database, roles in DATABASES.items():
        prepare(asked["admin_url"], database, roles=roles, passwords=asked["passwords"])


if __name__ == "__main__":
    main()
