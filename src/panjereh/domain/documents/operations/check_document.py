"""The public check: anybody with the code or the file learns what the document is worth today."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from panjereh.domain.documents import access
from panjereh.domain.documents.caps import count_try
from panjereh.domain.documents.queries import CheckedDocument, checked
from panjereh.domain.documents.rules.numbers import read_code, read_serial
from panjereh.domain.documents.signing.inspection import Check, inspect_file
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
    """Every check of a file with its answer; `document` only when all of them hold."""

    answers: dict[Check, bool]
    document: CheckedDocument | None

    @property
    def reason(self) -> Check | None:
        """Return the first check that failed: why the file is refused. None for a file in order."""
        return next((check for check in Check if not self.answers[check]), None)


def check_by_code(
    serial: str, code: str, *, actor: Actor, address: str, at: dt.datetime
) -> CheckedDocument | None:
    """Return what our records say about a document, None for a wrong number or code alike.

    Raises `SerialNotValid` for a mistyped number, `TooManyChecks` beyond the cap of one network address. The
    holder finds the check among the accesses to their data.
    """
    count_try(address, at=at)
    document = access.document_by_code(read_serial(serial), read_code(code))
    return checked(document, actor=actor, at=at) if document else None


def check_file(
    pdf: bytes, *, roots: Sequence[Certificate], actor: Actor, address: str, at: dt.datetime
) -> FileReport:
    """Answer every check about a file; nothing of it is stored. `roots` are the certificates to trust.

    Raises `FileTooLarge`, `NotPdf`, and `TooManyChecks` beyond the cap of one network address.
    """
    if len(pdf) > MAX_FILE_BYTES:
        raise FileTooLarge
    count_try(address, at=at)
    inspection = inspect_file(pdf, roots=roots, at=at)
    document = access.document_by_fingerprint(inspection.sha256)
    answers = {**inspection.answers, Check.ISSUED: document is not None}
    if document is None or not all(answers.values()):
        return FileReport(answers, None)
    return FileReport(answers, checked(document, actor=actor, at=at))
