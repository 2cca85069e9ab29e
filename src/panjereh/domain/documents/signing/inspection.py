"""Judging a file somebody brings: is it the whole document, as its issuer signed it?

Basic tools answer "valid" for a file whose pages were replaced after signing (the signature over the old part
still is). So five questions are asked apart, and only all five make a document intact.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
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

from panjereh.domain.documents.signing.seal import Certificate
from panjereh_kernel.refusal import Refusal

PDF_MAGIC = b"%PDF-"


class Check(StrEnum):
    """One question about a file. Each is answered by itself and shown with its answer."""

    SIGNED = "signed"
    INTACT = "intact"
    WHOLE = "whole"
    UNCHANGED = "unchanged"
    TRUSTED = "trusted"
    ISSUED = "issued"


class NotPdf(Refusal):
    """What was brought is not a PDF file at all."""

    code = "document-file-not-pdf"
    status = 422


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file says about itself: every check except `ISSUED`, which only our records know."""

    answers: dict[Check, bool]
    sha256: bytes
    signer: str | None = None


def inspect_file(pdf: bytes, *, roots: Sequence[Certificate], at: dt.datetime) -> Inspection:
    """Answer each check about a file. Raises `NotPdf` for what does not even begin like one.

    A question that cannot be asked, because an earlier one failed, is answered no.
    """
    if not pdf.startswith(PDF_MAGIC):
        raise NotPdf
    answers: dict[Check, bool] = {check: False for check in Check if check is not Check.ISSUED}
    digest = hashlib.sha256(pdf).digest()
    try:
        signature = _only_signature(pdf)
        if signature is None:
            return Inspection(answers, digest)
        answers[Check.SIGNED] = True
        context = ValidationContext(trust_roots=list(roots), moment=at, allow_fetching=False)
        status = validate_pdf_signature(signature, signer_validation_context=context)
    except (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, TypeError, IndexError):
        # A file broken on purpose breaks the reader in many ways; each is the same answer.
        return Inspection(answers, digest)
    return Inspection(_answers_of(status), digest, status.signing_cert.subject.native["common_name"])


def _only_signature(pdf: bytes) -> EmbeddedPdfSignature | None:
    signatures = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    return signatures[0] if len(signatures) == 1 else None


def _answers_of(status: PdfSignatureStatus) -> dict[Check, bool]:
    return {
        Check.SIGNED: True,
        Check.INTACT: bool(status.intact and status.valid),
        Check.WHOLE: status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        Check.UNCHANGED: status.modification_level is not None
        and status.modification_level <= ModificationLevel.NONE
        and status.docmdp_ok is True,
        Check.TRUSTED: bool(status.trusted),
    }
