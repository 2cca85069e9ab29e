"""One person, the address certificate installed, and the registers as a fake of our own node."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.catalogue.rules.reading import REQUIRED_FILES, build_pack, read_sources
from panjereh.domain.exchange.room import room
from tests.platform.casework.registers import Registers
from tests.platform.casework.window import AT, SERVICE, Window
from tests.platform.known import ROOT, make_known
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
    make_known(at=AT, packs=ROOT / "packs")
    return Window.of(open_minas_account())


@pytest.fixture
def at() -> dt.datetime:
    return AT


@pytest.fixture(scope="session")
def product_pack() -> catalogue.Pack:
    """The pack of the product, read from its folder."""
    folder = Path(settings.PANJEREH.packs_directory) / SERVICE
    return build_pack(read_sources({name: (folder / name).read_bytes() for name in REQUIRED_FILES}))
