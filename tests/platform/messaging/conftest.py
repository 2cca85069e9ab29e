"""A person with an account, to whom messages go."""

import pytest

from tests.platform.people.conftest import registers
from tests.platform.people.desk import open_minas_account

__all__ = ["registers"]


@pytest.fixture
def mina(registers):
    return open_minas_account()
