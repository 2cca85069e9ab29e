"""Tests of the platform: a migrated database with the real roles, cloned from a template for each worker."""

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from django.test import TransactionTestCase
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

django.setup()

ROOT = Path(__file__).resolve().parents[2]
ROLES = {"default": "panjereh_app", "reader": "panjereh_read", "trace": "panjereh_trace"}
TEMPLATE_LOCK = 7_236_001


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every platform test use all roles' connections, unless it says otherwise."""
    for item in items:
        if "tests/platform" in str(item.path) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=["default", "trace"]))


@pytest.fixture(scope="session")
def django_db_setup(admin_url: str, run_name: str, django_db_blocker: object) -> Iterator[None]:
    """Clone the migrated template and point every alias at the clone, each as its own role."""
    name = f"test_{run_name}"
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _make_roles(admin)
        template = _template(admin, admin_url)
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER panjereh_owner").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    for alias, role in ROLES.items():
        _point(alias, _address(admin_url, name, role))
    settings.PANJEREH_TEST_OWNER_URL = _address(admin_url, name, "panjereh_owner")
    yield
    connections.close_all()
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session", autouse=True)
def _empty_tables_as_the_owner() -> Iterator[None]:
    """After a test with real commits, only the owner may empty insert-only tables."""
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _self: empty_tables())
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _rows_in_no_order() -> Iterator[None]:
    """A query that asks for no order gets none: rows come back shuffled, so that nobody relies on luck."""
    patch = pytest.MonkeyPatch()
    fetch_all = QuerySet._fetch_all

    def fetch_and_shuffle(rows: QuerySet[Any]) -> None:
        is_new = rows._result_cache is None
        fetch_all(rows)
        if is_new and not rows.ordered:
            random.shuffle(rows._result_cache)

    patch.setattr(QuerySet, "_fetch_all", fetch_and_shuffle)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What a process keeps of the directory and the catalogue belongs to another test's database."""
    from panjereh.plumbing import memory

    memory.forget()


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Return a function that runs all waiting jobs, and those they make, and counts them."""
    from tests.platform.jobs_now import run_waiting_jobs

    return run_waiting_jobs


def _make_roles(admin: psycopg.Connection) -> None:
    # Workers start together: the lock makes one of them create the roles.
    admin.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
    for role in ("panjereh_owner", *ROLES.values()):
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    admin.execute("SELECT pg_advisory_unlock(%s)", [TEMPLATE_LOCK])


def _template(admin: psycopg.Connection, admin_url: str) -> str:
    name = f"panjereh_template_{_migrations_digest()}"
    admin.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
    if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        making = f"{name}_making"
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(making)))
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER panjereh_owner").format(sql.Identifier(making)))
        _migrate(_address(admin_url, making, "panjereh_owner"))
        admin.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name))
        )
    admin.execute("SELECT pg_advisory_unlock(%s)", [TEMPLATE_LOCK])
    return name


def _migrations_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src/panjereh").rglob("migrations/*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _migrate(owner_url: str) -> None:
    code = (
        "import os, tests.settings as s, sys; os.environ['PANJEREH_DATABASE_OWNER_URL'] = sys.argv[2]; "
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'panjereh.config.settings'; "
        "sys.modules.pop('panjereh.config.settings'); "
        "from django.core.management import execute_from_command_line as run; "
        "run(['panjereh', 'migrate', '-v', '0', '--skip-checks'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "migrate", owner_url],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def _address(admin_url: str, database: str, role: str) -> str:
    parts = conninfo_to_dict(admin_url)
    query = urlencode({key: str(parts[key]) for key in ("host", "port") if parts.get(key)})
    return f"postgresql://{role}@/{database}?{query}"


def _point(alias: str, conninfo: str) -> None:
    parts = conninfo_to_dict(conninfo)
    connections[alias].close()
    connections[alias].settings_dict.update(
        NAME=parts["dbname"],
        USER=parts["user"],
        HOST=parts.get("host", ""),
        PORT=str(parts.get("port", "")),
        PASSWORD="",
    )


def empty_tables() -> None:
    """Empty every table, as the owner: the tests' way back from what was committed.

    Only those with rows: emptying a table makes new files for it and all its indexes, even if it was empty.
    """
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL, autocommit=True) as owner:
        rows = owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
        ).fetchall()
        filled = owner.execute(
            sql.SQL(" UNION ALL ").join(
                sql.SQL("(SELECT {} FROM {} LIMIT 1)").format(name, sql.Identifier(name)) for (name,) in rows
            )
        ).fetchall()
        if filled:
            tables = sql.SQL(", ").join(sql.Identifier(row[0]) for row in filled)
            owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables))
