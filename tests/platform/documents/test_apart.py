"""Files made to break their reader: they end a child, and the page answers."""

import zlib

import pytest

from panjereh.domain.documents import api as documents
from panjereh.domain.documents.signing import apart
from panjereh.domain.documents.signing.apart import inspect_apart
from panjereh.domain.documents.signing.inspection import inspect_file, nothing_holds
from panjereh.domain.documents.signing.seal import sign_document
from tests.platform.documents import press as made

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.slow]
PLAIN = '#set document(title: "Paper")\n#set text(font: "Vazirmatn", lang: "en")\nThe amount is 100.'


@pytest.fixture(scope="module")
def signed(renderer, authority) -> bytes:
    pdf = renderer.render({"main.typ": PLAIN}, created_at=made.AT)
    return sign_document(pdf, key=authority.document_key(), at=made.AT)


@pytest.fixture
def roots(authority):
    return documents.read_roots(authority.chain_pem)


def bomb() -> bytes:
    """Return 2 MB whose cross-reference stream unfolds into 2 GB."""
    packer = zlib.compressobj(9)
    megabytes = b"".join(packer.compress(bytes(1 << 20)) for _ in range(2048)) + packer.flush()
    head = (
        b"%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 2/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length "
        + str(len(megabytes)).encode()
        + b">>\nstream\n"
    )
    return head + megabytes + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"


def nested() -> bytes:
    """Return a file whose trailer nests a hundred thousand lists."""
    lists = b"[" * 100_000 + b"]" * 100_000
    return (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root "
        + lists
        + b">>\nstartxref\n9\n%%EOF"
    )


def test_a_child_answers_what_we_would(signed, roots):
    assert inspect_apart(signed, roots=roots, at=made.AT) == inspect_file(signed, roots=roots, at=made.AT)


@pytest.mark.parametrize("make", [bomb, nested], ids=["bomb", "nested"])
def test_a_file_made_to_break_its_reader_cannot_be_read_and_breaks_nothing(make, roots):
    assert inspect_apart(make(), roots=roots, at=made.AT).answers == nothing_holds()


def test_a_file_that_takes_too_long_cannot_be_read(signed, roots, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.01)

    assert inspect_apart(signed, roots=roots, at=made.AT).answers == nothing_holds()


def test_when_no_turn_comes_the_caller_is_told(signed, roots, monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE_SECONDS", 0.01)
    for _ in range(apart.AT_ONCE):
        assert apart._turns.acquire(timeout=1)
    try:
        with pytest.raises(documents.ChecksBusy) as refused:
            inspect_apart(signed, roots=roots, at=made.AT)
    finally:
        apart._turns.release(apart.AT_ONCE)

    assert refused.value.code == "document-checks-busy"
