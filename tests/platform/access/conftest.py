"""One country for each module: its documents are really rendered and signed, which takes a while."""

from collections.abc import Iterator
from typing import Any

import pytest

from panjereh.domain.documents import api as documents
from panjereh.plumbing import health
from tests.platform.access.country import Country, build_country
from tests.platform.conftest import empty_tables
from tests.platform.documents import press as made
from tests.platform.documents.conftest import authority, renderer

__all__ = ["authority", "renderer"]


@pytest.fixture(scope="module")
def country(
    django_db_setup: None,
    django_db_blocker: Any,
    authority: made.Authority,
    renderer: documents.Renderer,
) -> Iterator[Country]:
    """Mina and Arash, with the clock stopped at the moment their documents were made."""
    press = documents.Press(
        renderer=renderer, key=authority.document_key(), public_url=made.PUBLIC_URL, is_practice=True
    )
    with django_db_blocker.unblock():
        yield from _committed(press)


def _committed(press: documents.Press) -> Iterator[Country]:
    try:
        yield from build_country(press)
    finally:
        empty_tables()


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is no answer of a table: how quickly readiness is told is for `test_health`."""
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 30.0)
