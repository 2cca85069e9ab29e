"""One person, the address certificate installed, and the registers as a fake of our own node."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.catalogue.rules.reading import REQUIRED_FILES, build_pack, read_sources
from panjereh.domain.directory import api as directory
from panjereh.domain.exchange.room import room
from tests.platform.casework.registers import Registers
from tests.platform.casework.window import AT, SERVICE, Window
from tests.platform.people.desk import open_minas_account


@pytest.fixture
def registers() -> Iterator[Registers]:
    patch = pytest.MonkeyPatch()
    fake = Registers()
    patch.setitem(room().__dict__, "node", fake)
    yield fake
    patch.undo()


@pytest.fixture
def window(db: None, registers: Registers) -> Window:
    """Mina at the window, signed in, with nothing begun."""
    data = Path(settings.PANJEREH.data_directory) / "iran"
    directory.import_directory(data, at=AT)
    catalogue.install_packs(Path(settings.PANJEREH.packs_directory), at=AT)
    return Window.of(open_minas_account())


@pytest.fixture
def at() -> dt.datetime:
    return AT


@pytest.fixture(scope="session")
def product_pack() -> catalogue.Pack:
    """The pack of the product, read from its folder."""
    folder = Path(settings.PANJEREH.packs_directory) / SERVICE
    return build_pack(read_sources({name: (folder / name).read_bytes() for name in REQUIRED_FILES}))
