"""The published indices of the product, imported and committed once for a module."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from panjereh.domain.indices import api as indices
from panjereh.plumbing import memory
from panjereh_kernel.actor import Actor, OfficerRole
from tests.platform.conftest import empty_tables
from tests.platform.known import published_indices
from tests.platform.people.officers import (
    OPERATING,
    Somebody,
    approve,
    make_grantors,
    make_somebody,
    request,
)
from tests.platform.people.operators import at_work
from tests.platform.people.registers import AT

HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: Any) -> Iterator[Path]:
    """Every index as its files say, raw indicators of Iran alone; each test in its own transaction."""
    with django_db_blocker.unblock():
        memory.forget()
        folder = published_indices()
        indices.import_indices(folder, at=AT)
        yield folder
        empty_tables()
        memory.forget()


@pytest.fixture
def officers() -> tuple[Actor, Actor]:
    """Two operators of the platform, at work."""
    first, second = make_operators()
    return at_work(first), at_work(second)


def make_operators() -> tuple[Somebody, Somebody]:
    """Return two operators, made as they are: one grantor asks, another approves."""
    asking, approving = (each.at_the_desk(OPERATING) for each in make_grantors(agency=OPERATING))
    pair = make_somebody(given="نخست"), make_somebody(given="دوم")
    for each in pair:
        approve(request(each, by=asking, role=OfficerRole.OPERATOR, agency=OPERATING), by=approving)
    return pair
