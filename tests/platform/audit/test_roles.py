"""What no role of a program can do to what is written, tried on the database itself and not read off it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from devtool import roles
from panjereh.plumbing.grants import ROLES
from tests.platform.audit.conftest import write_leaf

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace", "reader"])

AUDIT = ("audit_leaf", "audit_sequenced", "audit_accesstrace")
# The sequencer, the web process and the worker run as the application; traces are written as `trace`.
everyone = pytest.mark.parametrize("role", sorted(ROLES.values()))


@pytest.fixture
def url(settings: Any) -> str:
    """The address of the test database, prepared as an operator prepares one."""
    owner_url: str = settings.PANJEREH_TEST_OWNER_URL
    name = conninfo_to_dict(owner_url)["dbname"]
    roles.prepare(os.environ["DATABASE_URL"], str(name))
    return owner_url


@contextmanager
def session(url: str, role: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of a role whose holder means harm: what the role may switch off, it switches off."""
    with psycopg.connect(url.replace("panjereh_owner", role), autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        yield connection


@pytest.fixture
def tables(url: str) -> list[str]:
    with psycopg.connect(url) as owner:
        rows = owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
    return [name for (name,) in rows]


def columns(url: str, table: str) -> list[str]:
    with psycopg.connect(url) as owner:
        rows = owner.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
        ).fetchall()
    return [name for (name,) in rows]


def refused(connection: psycopg.Connection[Any], statement: LiteralString, *names: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


# Each is refused for every table there is: the programs' roles own none.
OF_NO_TABLE: tuple[LiteralString, ...] = (
    "TRUNCATE {}",
    "TRUNCATE {} CASCADE",
    "DROP TABLE {}",
    "DROP TABLE {} CASCADE",
    "ALTER TABLE {} ADD COLUMN mine integer",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "ALTER TABLE {} RENAME TO mine",
    "ALTER TABLE {} OWNER TO CURRENT_USER",
    "CREATE RULE mine AS ON INSERT TO {} DO INSTEAD NOTHING",
    "CREATE INDEX mine ON {} ((1))",
)


@pytest.mark.slow
@everyone
@pytest.mark.parametrize("statement", OF_NO_TABLE)
def test_no_role_empties_drops_or_alters_any_table(
    statement: LiteralString, role: str, url: str, tables: list[str]
) -> None:
    assert set(AUDIT) < set(tables)

    with session(url, role) as connection:
        for table in tables:
            refused(connection, statement, table)


@everyone
@pytest.mark.parametrize("table", AUDIT)
def test_no_role_changes_a_column_or_takes_a_row_of_the_record(role: str, table: str, url: str) -> None:
    with session(url, role) as connection:
        for column in columns(url, table):
            refused(connection, "UPDATE {0} SET {1} = {1}", table, column)
        refused(connection, "DELETE FROM {}", table)
        refused(connection, "DELETE FROM {} WHERE false", table)


@everyone
@pytest.mark.parametrize("table", AUDIT)
def test_no_role_changes_a_row_by_inserting_it_again(role: str, table: str, url: str) -> None:
    key = "index" if table == "audit_sequenced" else "id"
    with session(url, role) as connection:
        refused(
            connection,
            "INSERT INTO {0} ({1}) SELECT NULL WHERE false"
            " ON CONFLICT ({1}) DO UPDATE SET {1} = EXCLUDED.{1}",
            table,
            key,
        )


@everyone
@pytest.mark.parametrize("table", AUDIT)
def test_no_role_merges_into_the_record(role: str, table: str, url: str) -> None:
    key = "index" if table == "audit_sequenced" else "id"
    with session(url, role) as connection:
        refused(
            connection,
            "MERGE INTO {0} USING (SELECT 1) AS one(x) ON false WHEN MATCHED THEN DELETE"
            " WHEN NOT MATCHED THEN INSERT ({1}) VALUES (NULL)",
            table,
            key,
        )


@everyone
@pytest.mark.parametrize("table", AUDIT)
@pytest.mark.parametrize(
    "statement",
    [
        "GRANT UPDATE ON {} TO CURRENT_USER",
        "CREATE TRIGGER mine BEFORE UPDATE ON {} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE POLICY mine ON {}",
        "COPY {} FROM PROGRAM 'true'",
    ],
)
def test_no_role_goes_round_its_rights(statement: LiteralString, table: str, role: str, url: str) -> None:
    with session(url, role) as connection:
        if statement.startswith("GRANT"):
            refused_or_ineffective(connection, statement, table)
        else:
            refused(connection, statement, table)


def refused_or_ineffective(connection: psycopg.Connection[Any], statement: LiteralString, table: str) -> None:
    """Granting what one may not grant is a warning if one holds another right: it must not take effect."""
    try:
        connection.execute(sql.SQL(statement).format(sql.Identifier(table)))
    except errors.InsufficientPrivilege:
        return
    held = connection.execute("SELECT has_table_privilege(%s, 'UPDATE')", [table]).fetchone()
    assert held == (False,)


@everyone
@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE panjereh_owner",
        "SET SESSION AUTHORIZATION panjereh_owner",
        "GRANT panjereh_owner TO CURRENT_USER",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "ALTER ROLE panjereh_owner PASSWORD 'mine'",
        "CREATE ROLE mine",
        "SET session_replication_role = replica",
        "CREATE TABLE public.mine (x integer)",
        "CREATE TEMPORARY TABLE audit_leaf (x integer)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz'",
        "ALTER DATABASE template1 RENAME TO mine",
        "SELECT lo_import('/etc/hostname')",
        "SELECT lo_export(1, '/tmp/mine')",
        "SELECT pg_read_file('/etc/hostname')",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'panjereh_owner'",
        "UPDATE pg_class SET relacl = NULL WHERE relname = 'audit_leaf'",
    ],
)
def test_no_role_becomes_another_or_opens_a_side_door(statement: LiteralString, role: str, url: str) -> None:
    with psycopg.connect(url), session(url, role) as connection:
        refused(connection, statement)


@everyone
def test_no_role_runs_a_function_with_the_rights_of_another(role: str, url: str) -> None:
    with session(url, role) as connection:
        found = connection.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
            " AND has_function_privilege(p.oid, 'EXECUTE')"
        ).fetchall()

    assert found == []


@everyone
@pytest.mark.parametrize(
    ("table", "writers"),
    [
        ("audit_leaf", {"panjereh_app"}),
        ("audit_sequenced", {"panjereh_app"}),
        ("audit_accesstrace", {"panjereh_trace"}),
    ],
)
def test_only_its_writer_adds_to_a_table_of_the_record(
    table: str, writers: set[str], role: str, url: str
) -> None:
    key = "index" if table == "audit_sequenced" else "id"
    statement: LiteralString = "INSERT INTO {} ({}) VALUES (NULL)"
    with session(url, role) as connection:
        if role in writers:
            with pytest.raises(errors.NotNullViolation):
                connection.execute(sql.SQL(statement).format(sql.Identifier(table), sql.Identifier(key)))
        else:
            refused(connection, statement, table, key)


def test_what_is_tried_here_would_work_for_the_owner(url: str) -> None:
    """The tests above can fail: the same statements pass where there is a right."""
    write_leaf()

    with psycopg.connect(url, autocommit=True) as owner:
        changed = owner.execute("UPDATE audit_leaf SET subject = subject").rowcount
        gone = owner.execute("DELETE FROM audit_leaf").rowcount

    assert (changed, gone) == (1, 1)
