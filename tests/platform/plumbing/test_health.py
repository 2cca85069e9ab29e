"""Whether the web process can serve is told by codes, within a second, whatever is the matter."""

import dataclasses
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from panjereh.plumbing import health
from panjereh.plumbing.token_keys import TokenAway, TokenPinRefused
from panjereh.plumbing.wrapping import WrappingKeyMissing

pytestmark = pytest.mark.django_db(databases=["default", "reader", "trace"])
# Promised is less than one second; a loaded machine takes longer. A connection would be given up after five.
ANSWER = 4.0  # seconds


def ready() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/health/ready")
    return answer.status_code, answer.json()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong is told by its code also on a machine so busy that the usual limit would come first."""
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 30.0)


def failing() -> list[str]:
    status, told = ready()
    assert (status, told["code"]) == (503, "not-ready")
    found: list[str] = told["failing"]
    return found


@contextmanager
def changed_by_owner(change: str, undo: str) -> Iterator[None]:
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL, autocommit=True) as owner:
        owner.execute(change)  # type: ignore[call-overload]
        try:
            yield
        finally:
            owner.execute(undo)  # type: ignore[call-overload]


def test_a_program_with_everything_it_needs_is_ready():
    assert ready() == (200, {"status": "ready"})


def test_a_database_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(connections.settings["trace"], "HOST", "/nowhere/at/all")

    assert failing() == ["database-away"]


@pytest.mark.slow
def test_a_database_that_says_nothing_holds_nobody(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "_checker", ThreadPoolExecutor(1))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setitem(connections.settings["reader"], "HOST", "127.0.0.1")
        monkeypatch.setitem(connections.settings["reader"], "PORT", str(silent.getsockname()[1]))
        begun = time.monotonic()

        assert failing() == ["database-away"]

        assert time.monotonic() - begun < ANSWER


def test_a_pending_migration_is_told():
    change = "UPDATE django_migrations SET name = '-' || name WHERE app = 'audit'"
    undo = "UPDATE django_migrations SET name = ltrim(name, '-') WHERE app = 'audit'"

    with changed_by_owner(change, undo):
        assert failing() == ["migration-pending"]


def test_a_record_that_takes_nothing_is_told(unhurried: None):
    with changed_by_owner(
        "REVOKE INSERT ON audit_leaf FROM panjereh_app", "GRANT INSERT ON audit_leaf TO panjereh_app"
    ):
        assert failing() == ["log-not-writable"]


def test_a_key_that_is_missing_is_told_and_not_where_it_was(monkeypatch: pytest.MonkeyPatch):
    gone = dataclasses.replace(settings.PANJEREH, document_key_file=Path("/nowhere/key"))
    monkeypatch.setattr(settings, "PANJEREH", gone)

    status, told = ready()

    assert (status, told["failing"]) == (503, ["key-unreadable"])
    assert "/nowhere" not in str(told)


class Token:
    """A key token, as far as its health is asked for: well, refusing, or without a word."""

    def __init__(self, *, refuses: Exception | None = None, silent: threading.Event | None = None) -> None:
        self._refuses, self._silent = refuses, silent

    def wrap(self, key: bytes) -> tuple[str, bytes]:
        if self._silent:
            self._silent.wait(10)
        if self._refuses:
            raise self._refuses
        return "label", key[::-1]

    def unwrap(self, _key_id: str, wrapped: bytes) -> bytes:
        return wrapped[::-1]


def take_token(monkeypatch: pytest.MonkeyPatch, token: Token) -> None:
    equipped = dataclasses.replace(settings.PANJEREH)
    equipped.__dict__["token_keys"] = token
    monkeypatch.setattr(settings, "PANJEREH", equipped)


def test_a_key_token_that_wraps_and_unwraps_is_ready(monkeypatch: pytest.MonkeyPatch, unhurried: None):
    take_token(monkeypatch, Token())

    assert ready() == (200, {"status": "ready"})


@pytest.mark.parametrize("refuses", [TokenAway(), TokenPinRefused(), WrappingKeyMissing("no key")])
def test_a_key_token_of_no_use_is_told(monkeypatch: pytest.MonkeyPatch, unhurried: None, refuses: Exception):
    take_token(monkeypatch, Token(refuses=refuses))

    assert failing() == ["key-token-away"]


@pytest.mark.slow
def test_a_key_token_that_says_nothing_holds_nobody(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "_token_checker", ThreadPoolExecutor(1))
    over = threading.Event()
    take_token(monkeypatch, Token(silent=over))
    begun = time.monotonic()

    told = [failing() for _ in range(2)]

    assert all("key-token-away" in each for each in told)
    assert time.monotonic() - begun < ANSWER
    over.set()


@pytest.mark.slow
def test_the_migrations_looked_for_are_those_that_migrating_knows():
    assert health._migrations() == set(MigrationLoader(None).disk_migrations)
