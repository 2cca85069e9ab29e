"""The public check: anybody with the code or the file learns what the document is worth today."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from panjereh.domain.documents import access
from panjereh.domain.documents.caps import count_try
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.queries import CheckedDocument, CheckedReceipt, checked, checked_receipt
from panjereh.domain.documents.rules.numbers import read_code, read_serial
from panjereh.domain.documents.rules.verdicts import Check, Verdict, verdict_of
from panjereh.domain.documents.signing.apart import inspect_apart
from panjereh.domain.documents.signing.inspection import PDF_MAGIC, NotPdf, SignatureFound, inspect_file
from panjereh.domain.documents.signing.seal import Certificate
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import Refusal

MAX_FILE_BYTES = 5 << 20


class FileTooLarge(Refusal):
    """The file is larger than any document of ours."""

    code = "document-file-too-large"
    status = 413


@dataclass(frozen=True, slots=True)
class FileReport:
    """Every check of a file with its answer; `document` or `receipt` only when all of them hold."""

    answers: dict[Check, bool]
    signatures: tuple[SignatureFound, ...]
    sha256: bytes
    document: CheckedDocument | None
    receipt: CheckedReceipt | None = None

    @property
    def reason(self) -> Check | None:
        """Return the first check that failed: why the file is refused. None for a file in order."""
        return next((check for check in Check if not self.answers[check]), None)

    @property
    def verdict(self) -> Verdict:
        """Return what the file is, taken together."""
        is_signed_by_us = any(signature.signer is not None for signature in self.signatures)
        return verdict_of(self.answers, is_signed_by_us=is_signed_by_us)


def check_by_code(
    serial: str, code: str, *, actor: Actor, address: str, at: dt.datetime
) -> CheckedDocument | CheckedReceipt | None:
    """Return what our records say about a document or receipt, None for a wrong number or code alike.

    Raises `SerialNotValid` for a mistyped number, `TooManyChecks` beyond the cap of one network address. The
    holder finds the check among the accesses to their data.
    """
    number, secret = _numbers(serial, code, address=address, at=at)
    document = access.document_by_code(number, secret)
    receipt = access.receipt_by_code(number, secret)
    if document is not None:
        return checked(document, actor=actor, at=at)
    return checked_receipt(receipt) if receipt is not None else None


def _numbers(serial: str, code: str, *, address: str, at: dt.datetime) -> tuple[str, str]:
    """Return number and code as they are kept, and count the try: a mistyped number is one too."""
    try:
        number, secret = read_serial(serial), read_code(code)
    except Refusal:
        count_try(address, at=at)
        raise
    count_try(address, at=at, number=number)
    return number, secret


def check_by_digest(
    sha256: bytes, *, actor: Actor, address: str, at: dt.datetime
) -> CheckedDocument | CheckedReceipt | None:
    """Return what our records say about the document or receipt with this SHA-256, None for any other.

    Who knows the digest has had the file: 256 bits cannot be guessed. Equal digests are equal files, so that
    a file of ours need not be examined again. Raises `TooManyChecks`.
    """
    count_try(address, at=at)
    document = access.document_by_fingerprint(sha256)
    if document is not None:
        return checked(document, actor=actor, at=at)
    receipt = access.receipt_by_fingerprint(sha256)
    return checked_receipt(receipt) if receipt is not None else None


def check_file(
    pdf: bytes,
    *,
    roots: Sequence[Certificate],
    stamp_roots: Sequence[Certificate] = (),
    actor: Actor,
    address: str,
    at: dt.datetime,
) -> FileReport:
    """Answer every check about a file; nothing of it is stored. `roots` are the certificates to trust for
    signatures, `stamp_roots` for time stamps.

    Raises `FileTooLarge`, `NotPdf`, `FileEncrypted`, `ChecksBusy`, and `TooManyChecks` beyond the cap of one
    network address.
    """
    if len(pdf) > MAX_FILE_BYTES:
        raise FileTooLarge
    if not pdf.startswith(PDF_MAGIC):
        raise NotPdf
    count_try(address, at=at)
    sha256 = hashlib.sha256(pdf).digest()
    record = access.document_by_fingerprint(sha256) or access.receipt_by_fingerprint(sha256)
    if record is None:
        inspection = inspect_apart(pdf, roots=roots, stamp_roots=stamp_roots, at=at)
    else:
        # Our record proves when this very file was signed, so its signer must have been trusted then: a
        # document outlives the certificate it was signed with.
        inspection = inspect_file(pdf, roots=roots, stamp_roots=stamp_roots, at=record.issued_at or at)
    answers = {**inspection.answers, Check.ISSUED: record is not None}
    report = FileReport(answers, inspection.signatures, sha256, None)
    if record is None or not all(answers.values()):
        return report
    if isinstance(record, Document):
        return dataclasses.replace(report, document=checked(record, actor=actor, at=at))
    return dataclasses.replace(report, receipt=checked_receipt(record))
