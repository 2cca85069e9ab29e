"""Addresses and passwords of the databases."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devtool import databases
from devtool.console import Trouble
from devtool.programs import UNITS

SOCKET = "postgresql://postgres@/postgres?host=/run/postgresql"
NETWORK = "postgresql://admin:secret@db.example.org:5433/postgres?sslmode=verify-full"


@given(password=st.text(min_size=1))
def test_a_password_of_any_letters_comes_through_an_address(password: str) -> None:
    parts = urlsplit(databases.address(NETWORK, database="panjereh", user="panjereh_app", password=password))

    assert unquote(parts.password or "") == password


def test_an_address_keeps_the_server_and_changes_who_and_where() -> None:
    address = databases.address(NETWORK, database="panjereh", user="panjereh_app", password="p")

    assert address == "postgresql://panjereh_app:p@db.example.org:5433/panjereh?sslmode=verify-full"


def test_an_address_on_a_socket_keeps_its_folder() -> None:
    address = databases.address(SOCKET, database="panjereh", user="panjereh_app")

    assert address == "postgresql://panjereh_app@/panjereh?host=/run/postgresql"


def test_an_address_of_another_form_is_refused_with_an_example() -> None:
    with pytest.raises(Trouble) as refused:
        databases.address("host=/tmp dbname=x", database="panjereh", user="panjereh_app")

    assert "postgresql://" in refused.value.hint


def test_passwords_are_drawn_once_private_and_different(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "passwords.json"

    drawn = databases.passwords(file)

    assert databases.passwords(file) == drawn
    assert len(set(drawn.values())) == len(drawn)
    assert file.stat().st_mode & 0o077 == 0


def test_only_migrations_get_the_address_of_an_owner() -> None:
    owners = {roles.owner for roles in databases.DATABASES.values()}
    given_to = {
        unit.name
        for unit in UNITS
        for key in unit.databases
        for _, role in databases.SETTINGS[key].values()
        if role in owners
    }

    assert given_to == {"migrate", "migrate-idp"}
