"""Put the fake registers behind the exchange."""

from collections.abc import Iterator

import pytest

from panjereh.domain.exchange.room import room
from tests.platform.known import make_known
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
    make_known(at=AT)
