"""The issuer's signature on a document: PAdES baseline (ETSI EN 319 142-1), as a certification signature.

With an authority of time stamps it is of level B-T: the file proves by itself when it was signed. Without one
it is of level B-B, the time is the issuer's word, and only the record of issue proves it, through the check.

`GAP:` no level B-LT or B-LTA: states of revocation are not embedded, and nothing stamps anew before the
authority's own certificate ends.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any, TypeAlias

from asn1crypto import keys, x509
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from panjereh.domain.documents.signing.frame import FramedSigner
from panjereh.domain.documents.signing.stamping import Stamper, TimeStampAuthority

SIGNATURE_FIELD = "Issuer"
# Room for the signature with its certificates, and for a time stamp with those of its authority, in
# hexadecimal digits. Fixed: estimating would sign, and stamp, twice.
_RESERVED, _RESERVED_FOR_STAMP = 12_288, 12_288
# A document is copied and hashed in one piece, and not in many small ones.
_CHUNK = 1 << 17


Certificate: TypeAlias = x509.Certificate


# No slots: what a signature of this key has in common is kept beside it.
@dataclass(frozen=True)
class DocumentKey:
    """The key a document is signed with, its certificate and the certificates between it and the root."""

    key: keys.PrivateKeyInfo
    certificate: Certificate
    chain: tuple[Certificate, ...]

    @property
    def holder(self) -> str:
        """Return the name in the certificate: who signs."""
        return str(self.certificate.subject.native["common_name"])

    @cached_property
    def signer(self) -> FramedSigner:
        """What signs documents with this key."""
        return FramedSigner(
            signing_cert=self.certificate,
            signing_key=self.key,
            cert_registry=SimpleCertificateStore.from_certs(self.chain),  # type: ignore[no-untyped-call]
            embed_roots=False,
        )


def read_document_key(*, key_pem: bytes, certificate_pem: bytes, chain_pem: bytes) -> DocumentKey:
    """Return a document key from PEM. Raises `ValueError` when key and certificate do not belong together."""
    key = load_private_key_from_pemder_data(key_pem, passphrase=None)
    (certificate,) = load_certs_from_pemder_data(certificate_pem)
    if _public_point(key) != certificate.public_key["public_key"].native:
        raise ValueError("the document key does not belong to the document certificate")
    return DocumentKey(key, certificate, tuple(load_certs_from_pemder_data(chain_pem)))


def read_roots(chain_pem: bytes) -> tuple[Certificate, ...]:
    """Return the certificates that the public check trusts, from PEM."""
    return tuple(load_certs_from_pemder_data(chain_pem))


def sign_document(
    pdf: bytes, *, key: DocumentKey, at: dt.datetime, authority: TimeStampAuthority | None = None
) -> bytes:
    """Return the document with the issuer's invisible signature over all of it, stamped by an authority.

    The signature certifies: it declares that nothing may be changed afterwards. What the file was before, its
    attachment and its PDF/A marks stay as they are, because signing only appends. Raises `TimeStampMissing`.
    """
    details = PdfSignatureMetadata(
        field_name=SIGNATURE_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=key.holder,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    output = BytesIO()
    stamper = Stamper(authority, at=at) if authority else None
    _SignerAt(details, key.signer, stamper, at=at).sign_pdf(
        _Appending(BytesIO(pdf)),
        bytes_reserved=_RESERVED + (_RESERVED_FOR_STAMP if authority else 0),
        chunk_size=_CHUNK,
        output=output,
    )
    return output.getvalue()


class _Appending(IncrementalPdfFileWriter):
    """Appends the signature and nothing else."""

    IO_CHUNK_SIZE = _CHUNK

    def _update_meta(self) -> None:
        """Leave the marks of the file (XMP, PDF/A) as the renderer made them.

        The library would write them anew with a time that it reads from the clock.
        """


class _SignerAt(PdfSigner):
    """Signs at the instant handed in, where the library would read the clock."""

    def __init__(
        self,
        details: PdfSignatureMetadata,
        signer: SimpleSigner,
        stamper: Stamper | None,
        *,
        at: dt.datetime,
    ) -> None:
        super().__init__(details, signer, timestamper=stamper)
        self._at = at

    def init_signing_session(self, *arguments: Any, **keywords: Any) -> PdfSigningSession:
        session = super().init_signing_session(*arguments, **keywords)
        session.system_time = self._at
        return session


def _public_point(key: keys.PrivateKeyInfo) -> object:
    public = key["private_key"].parsed["public_key"]
    return public.native if public else None
