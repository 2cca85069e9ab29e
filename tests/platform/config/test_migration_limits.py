"""A migration never makes pages queue behind it: it gives up its place in the queue, and comes again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections

from panjereh.commands.management.commands import migrate
from panjereh.config.databases import LIMITS, MIGRATIONS, database

pytestmark = pytest.mark.django_db(transaction=True, databases=["default"])

LAST = "0006_message_of_an_allowed_program"  # it makes a constraint anew, so it may be carried out again
IS_APPLIED = "SELECT count(*) FROM django_migrations WHERE app = 'messaging' AND name = %s"


@pytest.fixture
def owner_url(settings: Any) -> str:
    return str(settings.PANJEREH_TEST_OWNER_URL)


@pytest.fixture
def reader(owner_url: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody in the middle of a long reading, whom a migration has to wait for."""
    with psycopg.connect(owner_url) as reading:
        reading.execute("LOCK TABLE messaging_inboxmessage IN ACCESS SHARE MODE")
        yield reading


@pytest.fixture
def _one_to_do(owner_url: str) -> Iterator[None]:
    """Let the owner migrate, with one migration to do, and give up soon."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("DELETE FROM django_migrations WHERE app = 'messaging' AND name = %s", [LAST])
    kept = dict(connections["default"].settings_dict)
    soon = database(owner_url, pool=False, limits=replace(MIGRATIONS, lock=0.05))
    connections["default"].close()
    connections["default"].settings_dict.update(USER="panjereh_owner", OPTIONS=soon["OPTIONS"])
    yield
    connections["default"].close()
    connections["default"].settings_dict.update(kept)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        if owner.execute(IS_APPLIED, [LAST]).fetchone() == (0,):
            statement = "INSERT INTO django_migrations (app, name, applied) VALUES ('messaging', %s, now())"
            owner.execute(statement, [LAST])


def is_applied() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(IS_APPLIED, [LAST])
        return bool(cursor.fetchone() == (1,))


@pytest.mark.usefixtures("_one_to_do")
def test_a_migration_that_met_a_lock_comes_again(
    reader: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            reader.rollback()

    monkeypatch.setattr(migrate, "sleep", pause)

    call_command("migrate", verbosity=0)

    assert pauses == [1.0, 2.0]
    assert is_applied()
    assert "a table is in use: tried again in 1 s" in capsys.readouterr().err


@pytest.mark.usefixtures("_one_to_do", "reader")
def test_a_migration_that_never_gets_its_lock_says_so_and_has_changed_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(migrate, "PAUSES", (0.0,))

    with pytest.raises(CommandError, match="a table was in use all the time"):
        call_command("migrate", verbosity=0)

    assert not is_applied()


def test_the_server_is_told_the_limits_of_a_migration() -> None:
    options = database("postgresql://x@/x", pool=False, limits=LIMITS["migrate"])["OPTIONS"]["options"]

    assert "lock_timeout=4000" in options
    assert "statement_timeout=30000" in options
