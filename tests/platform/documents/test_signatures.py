"""Every way to alter a signed file, and an independent reader's view of one that was not."""

import asyncio
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from panjereh.domain.documents import api as documents
from panjereh.domain.documents.signing.inspection import inspect_file
from panjereh.domain.documents.signing.seal import sign_document
from tests.platform.documents import press as made

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.slow]
Check = documents.Check
ALL = {check for check in Check if check is not Check.ISSUED}
PLAIN = '#set document(title: "Paper")\n#set text(font: "Vazirmatn", lang: "en")\nThe amount is 100.'


@pytest.fixture(scope="module")
def unsigned(renderer) -> bytes:
    return renderer.render({"main.typ": PLAIN}, created_at=made.AT)


@pytest.fixture(scope="module")
def signed(unsigned, authority) -> bytes:
    return sign_document(unsigned, key=authority.document_key(), at=made.AT)


@pytest.fixture
def failed(authority):
    """Return a function that tells which checks a file fails."""
    roots = documents.read_roots(authority.chain_pem)

    def inspect(pdf: bytes) -> set[Check]:
        answers = inspect_file(pdf, roots=roots, at=made.AT).answers
        assert set(answers) == ALL
        return {check for check, holds in answers.items() if not holds}

    return inspect


def test_a_signed_file_passes_every_check(signed, failed):
    assert failed(signed) == set()


def test_the_signature_names_its_signer_and_time(signed, authority):
    inspection = inspect_file(signed, roots=documents.read_roots(authority.chain_pem), at=made.AT)

    assert inspection.signer == "Practice issuer"
    signature = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures[0]
    assert signature.self_reported_timestamp == made.AT
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_only_the_digest_and_the_signature_over_it_differ_from_what_the_library_makes(authority):
    key = authority.document_key()
    plain = SimpleSigner(key.certificate, key.key, key.signer.cert_registry, embed_roots=False)
    # The second is put into the frame of the first.
    for digest in (b"\x01" * 32, b"\xff" * 32):
        framed, expected = (
            asyncio.run(signer.async_sign(digest, "sha256", use_pades=True)) for signer in (key.signer, plain)
        )

        made, known = (each["content"]["signer_infos"][0] for each in (framed, expected))
        signature = made["signature"].native
        signed = known["signed_attrs"].untag().dump()
        authority.key.public_key().verify(signature, signed, ec.ECDSA(hashes.SHA256()))
        known["signature"] = signature
        assert framed.dump() == expected.dump(force=True)


def test_signing_keeps_what_was_there(unsigned, signed):
    assert signed.startswith(unsigned)


def test_signing_leaves_the_marks_of_the_file_as_the_renderer_made_them(unsigned, signed):
    before, after = (PdfFileReader(io.BytesIO(each)) for each in (unsigned, signed))

    assert after.root["/Metadata"].data == before.root["/Metadata"].data
    assert after.trailer["/Info"] == before.trailer["/Info"]


def test_a_flipped_bit_anywhere_in_the_content_is_noticed(signed, failed):
    for place in range(40, len(signed) // 2, len(signed) // 20):
        altered = bytearray(signed)
        altered[place] ^= 1

        assert failed(bytes(altered)), place


def test_appended_bytes_are_noticed(signed, failed):
    assert Check.WHOLE in failed(signed + b"\n% more\n")


def test_an_incremental_update_is_noticed(signed, failed):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Added"] = generic.pdf_string("later")
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)

    assert {Check.WHOLE, Check.UNCHANGED} <= failed(output.getvalue())


def replace_page(signed: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT /F0 12 Tf 72 700 Td (The amount is 900.) Tj ET")
    page["/Contents"] = writer.add_object(stream)
    writer.update_container(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_a_page_replaced_after_signing_is_noticed(signed, failed):
    assert {Check.WHOLE, Check.UNCHANGED} <= failed(replace_page(signed))


def test_another_issuers_signature_is_not_trusted(unsigned, failed):
    forged = sign_document(unsigned, key=made.Authority("Stranger").document_key(), at=made.AT)

    assert failed(forged) == {Check.TRUSTED}


def test_a_certificate_of_the_same_name_by_another_root_is_not_trusted(unsigned, failed):
    forged = sign_document(unsigned, key=made.Authority().document_key(), at=made.AT)

    assert failed(forged) == {Check.TRUSTED}


class Forger(PdfSigner):
    """Signs although the first signature forbids every change."""

    def _enforce_certification_constraints(self, reader: PdfFileReader) -> None:
        del reader


def test_a_second_signature_over_the_first_is_refused(signed, authority, failed):
    key = authority.document_key()
    signer = SimpleSigner(key.certificate, key.key, SimpleCertificateStore.from_certs(key.chain))
    output = io.BytesIO()
    Forger(PdfSignatureMetadata(field_name="Second"), signer).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(signed)), output=output
    )

    assert Check.SIGNED in failed(output.getvalue())


def test_an_unsigned_file_can_be_read_and_fails_every_other_check(unsigned, failed):
    assert failed(unsigned) == ALL - {Check.READABLE}


@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1.7\nnonsense", b"%PDF-1.7\nstartxref\n9\n%%EOF"])
def test_a_broken_file_fails_every_check(content, failed):
    assert failed(content) == ALL


def test_a_cut_off_file_fails_the_signature(signed, failed):
    assert failed(signed[: len(signed) - 300]) >= {Check.INTACT}


def test_what_is_no_pdf_is_refused(failed):
    with pytest.raises(documents.NotPdf) as refused:
        failed(b"GIF89a")

    assert refused.value.code == "document-file-not-pdf"


def test_an_expired_certificate_is_not_trusted(signed, authority):
    roots = documents.read_roots(authority.chain_pem)

    answers = inspect_file(signed, roots=roots, at=made.AT.replace(year=2046)).answers

    assert not answers[Check.TRUSTED]


class TestAnIndependentReader:
    """poppler's pdfsig. Its exit code says nothing: only both sentences together do."""

    WANTED = ("Signature is Valid", "Total document signed")

    @pytest.fixture
    def pdfsig(self, tmp_path: Path):
        program = shutil.which("pdfsig")
        if program is None:
            pytest.skip("poppler's pdfsig is not installed")

        def run(pdf: bytes) -> set[str]:
            path = tmp_path / "file.pdf"
            path.write_bytes(pdf)
            text = subprocess.run([program, str(path)], capture_output=True, text=True, check=False).stdout
            # With capitals: of an altered file it says "Not total document signed".
            return {sentence for sentence in self.WANTED if sentence in text}

        return run

    def test_accepts_the_signed_file(self, pdfsig, signed):
        assert pdfsig(signed) == set(self.WANTED)

    def test_does_not_accept_altered_files(self, pdfsig, signed):
        flipped = bytearray(signed)
        flipped[len(signed) // 4] ^= 1

        for altered in (bytes(flipped), replace_page(signed)):
            assert pdfsig(altered) != set(self.WANTED)
