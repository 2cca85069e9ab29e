"""One authority and one render server for the whole run: both are costly to start."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

from panjereh.domain.documents import api as documents
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor, Channel, Role
from tests.platform.casework.window import PACK_VERSION
from tests.platform.catalogue.shelf import one_pack
from tests.platform.documents import press as made
from tests.platform.known import make_known


@pytest.fixture(scope="session")
def authority() -> made.Authority:
    return made.Authority()


@pytest.fixture(scope="session")
def renderer() -> Iterator[documents.Renderer]:
    yield _render_server()
    _render_server().close()


@cache  # a session has one fixture for each conftest that imports it
def _render_server() -> documents.Renderer:
    return documents.Renderer(fonts=made.FONTS)


@pytest.fixture
def press(authority: made.Authority, renderer: documents.Renderer) -> documents.Press:
    return documents.Press(
        renderer=renderer, key=authority.document_key(), public_url=made.PUBLIC_URL, is_practice=True
    )


@pytest.fixture
def catalogue_installed(db: None, tmp_path: Path) -> None:
    make_known(at=made.AT, packs=one_pack(tmp_path))


@pytest.fixture
def holder() -> Actor:
    return Actor(
        role=Role.CITIZEN,
        channel=Channel.WEB,
        purpose="own-affairs",
        subject_id=edge.new_id(),
        account_id=edge.new_id(),
    )


@pytest.fixture
def requested(catalogue_installed: None, holder: Actor) -> UUID:
    document_id = edge.new_id()
    documents.request_document(
        document_id,
        case_id=edge.new_id(),
        subject_id=holder.subject_id,
        template=documents.TemplateRef(made.SERVICE, PACK_VERSION, made.OUTPUT),
        data=made.DATA,
        valid_until=made.AT.date().replace(year=2027),
        actor=Actor.system("case-decision"),
        at=made.AT,
    )
    return document_id


@pytest.fixture
def issue(press: documents.Press) -> Callable[..., None]:
    def run(document_id: UUID, *, entropy: bytes = b"\x01\x02\x03" * 8) -> None:
        documents.issue_document(document_id, press=press, entropy=entropy, at=made.AT)

    return run


@pytest.fixture
def issued(requested: UUID, issue: Callable[..., None]) -> UUID:
    issue(requested)
    return requested
