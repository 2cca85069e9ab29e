"""A pair of nodes, new for each test."""

import pytest

from tests.node.pair import Pair, make_pair


@pytest.fixture
def pair() -> Pair:
    return make_pair()
