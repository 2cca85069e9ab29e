"""A document carries the stamp of an authority, and waits for it when the authority fails."""

import dataclasses
import datetime as dt
import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from asn1crypto import tsp
from django.utils.translation import override

from panjereh.domain.documents import api as documents
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.signing import stamping
from panjereh.domain.documents.signing.apart import inspect_apart
from panjereh.domain.documents.signing.inspection import inspect_file
from panjereh.domain.documents.signing.seal import sign_document
from panjereh.web.public.check import shown
from tests.platform.documents import press as made
from tests.platform.documents.office import Office, Reply

pytestmark = pytest.mark.slow
PLAIN = '#set document(title: "Paper")\n#set text(font: "Vazirmatn", lang: "en")\nThe amount is 100.'
# The object identifier of SHA-256 in a query, and one that is nobody's.
SHA256, NO_DIGEST = bytes.fromhex("608648016503040201"), bytes.fromhex("608648016503040209")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "keys")
    Thread(target=office.server.serve_forever, daemon=True).start()
    yield office
    office.server.shutdown()
    office.server.server_close()


@pytest.fixture(scope="module")
def unsigned(renderer: documents.Renderer) -> bytes:
    return renderer.render({"main.typ": PLAIN}, created_at=made.AT)


@pytest.fixture
def sign(unsigned: bytes, authority: made.Authority, office: Office) -> Callable[[], bytes]:
    def run() -> bytes:
        return sign_document(unsigned, key=authority.document_key(), at=made.AT, authority=office.known)

    return run


def stamp_in(pdf: bytes, authority: made.Authority, office: Office, *, known: bool = True) -> object:
    found = inspect_file(
        pdf,
        roots=documents.read_roots(authority.chain_pem),
        stamp_roots=office.roots if known else (),
        at=made.AT,
    )
    assert all(found.answers.values())
    return found.signatures[0].stamped_at


def test_a_stamped_file_passes_every_check_and_proves_when_it_was_signed(sign, authority, office):
    assert stamp_in(sign(), authority, office) == made.AT


def test_the_stamp_of_an_authority_we_do_not_know_states_no_time(sign, authority, office):
    assert stamp_in(sign(), authority, office, known=False) is None


def test_a_file_read_apart_tells_its_stamp_too(sign, authority, office):
    roots = documents.read_roots(authority.chain_pem)

    found = inspect_apart(sign(), roots=roots, stamp_roots=office.roots, at=made.AT)

    assert found.signatures[0].stamped_at == made.AT


def test_the_page_of_a_check_tells_the_stamp(sign, authority, office):
    roots = documents.read_roots(authority.chain_pem)
    stamped = inspect_file(sign(), roots=roots, stamp_roots=office.roots, at=made.AT).signatures[0]

    with override("en"):
        told = dict(shown._form_of(stamped))

    assert told["Form of the signature"].startswith("PAdES B-T")
    assert told["Time stamp of a trusted authority"].endswith("at 9:41:17 Tehran time")


def of_another_digest(office: Office) -> Reply:
    def reply(query: bytes) -> tuple[int, str, bytes]:
        asked = tsp.TimeStampReq.load(query)["message_imprint"]["hashed_message"].native
        return office.stamps()(query.replace(asked, hashlib.sha256(b"another signature").digest()))

    return reply


def rejecting(office: Office) -> Reply:
    def reply(query: bytes) -> tuple[int, str, bytes]:
        return office.stamps()(query.replace(SHA256, NO_DIGEST))

    return reply


def answering(status: int, kind: str, body: bytes) -> Callable[[Office], Reply]:
    return lambda _office: lambda _query: (status, kind, body)


FAULTS: dict[str, Callable[[Office], Reply]] = {
    "down": answering(503, "application/problem+json", b"{}"),
    "not an authority at all": answering(200, "text/html", b"<p>welcome</p>"),
    "garbage": answering(200, "application/timestamp-reply", bytes.fromhex("3003020100")),
    "endless": answering(200, "application/timestamp-reply", b"-" * 20_000),
    "rejects": rejecting,
    "stamps another digest": of_another_digest,
    "lives in another time": lambda office: office.stamps(at=made.AT + dt.timedelta(hours=2)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_signed_without_a_stamp_to_be_believed(sign, office, fault):
    office.answer = FAULTS[fault](office)

    with pytest.raises(documents.TimeStampMissing):
        sign()


def test_an_authority_under_another_root_is_not_believed(unsigned, authority, office):
    stranger = dataclasses.replace(office.known, roots=documents.read_roots(authority.chain_pem))

    with pytest.raises(documents.TimeStampMissing):
        sign_document(unsigned, key=authority.document_key(), at=made.AT, authority=stranger)


def test_a_slow_authority_is_waited_for_no_longer_than_the_limit(sign, office, monkeypatch):
    def late(query: bytes) -> tuple[int, str, bytes]:
        time.sleep(1)
        return office.stamps()(query)

    office.answer = late
    monkeypatch.setattr(stamping, "SECONDS", 0.1)
    stamping._client.cache_clear()
    begun = time.monotonic()
    with pytest.raises(documents.TimeStampMissing):
        sign()
    stamping._client.cache_clear()

    assert time.monotonic() - begun < 1


@pytest.mark.django_db
def test_a_document_whose_stamp_was_lost_on_its_way_waits_and_is_issued_later(requested, press, office):
    def lost(query: bytes) -> tuple[int, str, bytes]:
        office.stamps()(query)
        raise ConnectionAbortedError

    def issue() -> None:
        stamped = dataclasses.replace(press, authority=office.known)
        documents.issue_document(requested, press=stamped, entropy=b"123" * 8, at=made.AT)

    office.answer = lost
    with pytest.raises(documents.TimeStampMissing):
        issue()
    waiting = Document.objects.get(id=requested).state
    office.answer = office.stamps()
    issue()

    assert (waiting, Document.objects.get(id=requested).state) == ("requested", "issued")
