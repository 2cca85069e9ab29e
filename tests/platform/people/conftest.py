"""Put the fake registers behind the exchange."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from panjereh.domain.directory import api as directory
from panjereh.domain.exchange.room import room
from tests.platform.people.desk import Desk
from tests.platform.people.registers import AT, Registers


@pytest.fixture
def registers() -> Iterator[Registers]:
    patch = pytest.MonkeyPatch()
    fake = Registers()
    patch.setitem(room().__dict__, "node", fake)
    yield fake
    patch.undo()


@pytest.fixture
def desk(registers: Registers) -> Desk:
    return Desk()


@pytest.fixture
def directory_imported() -> None:
    """The agencies of the country are known."""
    directory.import_directory(Path(settings.PANJEREH.data_directory) / "iran", at=AT)
