"""A document that was issued, and somebody without an account who was shown it."""

import dataclasses
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.test import Client

from panjereh.domain.documents import api as documents
from panjereh.domain.documents.rules.numbers import draw_numbers
from panjereh.plumbing import edge
from panjereh.web.public.check import views
from panjereh_kernel.actor import Actor
from tests.platform.documents import press as made
from tests.platform.documents.conftest import (  # noqa: F401 -- fixtures
    authority,
    catalogue_installed,
    holder,
    issue,
    issued,
    press,
    renderer,
    requested,
)

ENTROPY = b"\x01\x02\x03" * 8


@pytest.fixture
def numbers() -> tuple[str, str]:
    return draw_numbers(ENTROPY)


@pytest.fixture
def file(issued: UUID, holder: Actor) -> bytes:  # noqa: F811 -- the fixtures above
    return documents.document_file(issued, actor=holder, at=made.AT).content


@pytest.fixture(autouse=True)
def roots(settings: object, authority: made.Authority, tmp_path) -> Iterator[None]:  # noqa: F811
    chain = tmp_path / "chain.pem"
    chain.write_bytes(authority.chain_pem)
    settings.PANJEREH = dataclasses.replace(settings.PANJEREH, document_chain_file=chain)
    views._roots.cache_clear()
    yield
    views._roots.cache_clear()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Stop the clock at the time of issue; the returned function moves it."""

    def set_to(at):
        monkeypatch.setattr(edge, "now", lambda: at)

    set_to(made.AT)
    return set_to


@pytest.fixture
def revoke(issued: UUID) -> Callable[[], None]:  # noqa: F811
    return lambda: documents.revoke_document(
        issued,
        reason=documents.RevocationReason.FACTS_CHANGED,
        message_id=edge.new_id(),
        actor=Actor.system("document-revocation"),
        at=made.AT,
    )


@pytest.fixture
def stranger() -> Client:
    return Client()
