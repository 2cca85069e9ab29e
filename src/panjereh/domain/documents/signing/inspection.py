"""Judging a file somebody brings: is it the whole document, as its issuer signed it?

Basic tools answer "valid" for a file whose pages were replaced after signing (the signature over the old part
still is). So each question is asked apart, and only all of them together make a document intact.

A reader of PDF is a large machine that a stranger feeds: what we did not issue is read through `apart`.
"""

import datetime as dt
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from panjereh.domain.documents.rules.verdicts import Check
from panjereh.domain.documents.signing.seal import Certificate
from panjereh_kernel.refusal import Refusal

PDF_MAGIC = b"%PDF-"
# A document of ours has one. Of a file with more, this many are told.
MOST_SIGNATURES = 5
_BROKEN = (
    PdfError,
    SigningError,
    SignatureValidationError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)


class NotPdf(Refusal):
    """What was brought is not a PDF file at all."""

    code = "document-file-not-pdf"
    status = 422


class FileEncrypted(Refusal):
    """The file asks for a password, so nothing in it can be examined. No document of ours is encrypted."""

    code = "document-file-encrypted"
    status = 422


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """What one signature of a file says. `signer` is told only if we trust it: anybody can write a name.

    `stamped_at` is when an authority of time stamps that we trust had it before it, None without that.
    """

    signer: str | None
    is_intact: bool
    covers_whole_file: bool
    stamped_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file says about itself: every check except `ISSUED`, which only our records know.

    `signatures` holds at most `MOST_SIGNATURES`, in the order in which they were made.
    """

    answers: dict[Check, bool]
    signatures: tuple[SignatureFound, ...] = ()

    @property
    def signer(self) -> str | None:
        """Return who signed, when there is one signature and we trust it."""
        return self.signatures[0].signer if len(self.signatures) == 1 else None


def inspect_file(
    pdf: bytes, *, roots: Sequence[Certificate], at: dt.datetime, stamp_roots: Sequence[Certificate] = ()
) -> Inspection:
    """Answer each check about a file. `at` is the instant at which the signer must have been trusted, under
    `roots`, and whoever stamped its signature, under `stamp_roots`.

    Raises `NotPdf` for what does not even begin like one, `FileEncrypted` for what asks for a password. A
    question that cannot be asked, because an earlier one failed, is answered no.
    """
    if not pdf.startswith(PDF_MAGIC):
        raise NotPdf
    answers = nothing_holds()
    try:
        reader = PdfFileReader(BytesIO(pdf))
        if "/Encrypt" in reader.trailer:
            raise FileEncrypted
        statuses = [
            _status_of(signature, _context(roots, at), _context(stamp_roots, at))
            for signature in reader.embedded_regular_signatures[: MOST_SIGNATURES + 1]
        ]
    except _BROKEN:
        # A file broken on purpose breaks the reader in many ways; each is the same answer.
        return Inspection(answers)
    answers[Check.READABLE] = True
    found = tuple(_found(status) for status in statuses[:MOST_SIGNATURES])
    if len(statuses) == 1 and statuses[0] is not None:
        answers |= _answers_of(statuses[0])
    return Inspection(answers, found)


def nothing_holds() -> dict[Check, bool]:
    """Return the answers about a file in which nothing could be examined."""
    return {check: False for check in Check if check is not Check.ISSUED}


def _context(roots: Sequence[Certificate], at: dt.datetime) -> ValidationContext:
    return ValidationContext(trust_roots=list(roots), moment=at, allow_fetching=False)


def _status_of(
    signature: EmbeddedPdfSignature, signers: ValidationContext, stamps: ValidationContext
) -> PdfSignatureStatus | None:
    try:
        return validate_pdf_signature(
            signature, signer_validation_context=signers, ts_validation_context=stamps
        )
    except _BROKEN:
        return None


def _found(status: PdfSignatureStatus | None) -> SignatureFound:
    if status is None:
        return SignatureFound(signer=None, is_intact=False, covers_whole_file=False)
    return SignatureFound(
        signer=str(status.signing_cert.subject.native["common_name"]) if _is_trusted(status) else None,
        is_intact=bool(status.intact and status.valid),
        covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        stamped_at=_stamped_at(status),
    )


def _stamped_at(status: PdfSignatureStatus) -> dt.datetime | None:
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        return None
    at: dt.datetime = stamp.timestamp
    return at


def _answers_of(status: PdfSignatureStatus) -> dict[Check, bool]:
    return {
        Check.SIGNED: True,
        Check.INTACT: bool(status.intact and status.valid),
        Check.WHOLE: status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        Check.UNCHANGED: status.modification_level is not None
        and status.modification_level <= ModificationLevel.NONE
        and status.docmdp_ok is True,
        Check.TRUSTED: _is_trusted(status),
    }


def _is_trusted(status: PdfSignatureStatus) -> bool:
    # The signer alone, whatever became of the content: an altered document of ours is not a stranger's.
    return status.trust_problem_indic is None and status.validation_path is not None
