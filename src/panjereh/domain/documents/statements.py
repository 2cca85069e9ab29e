"""From what a check found to the statement a receipt carries."""

import datetime as dt

from panjereh.domain.documents.operations.check_document import FileReport
from panjereh.domain.documents.queries import CheckedDocument
from panjereh.domain.documents.rules.statements import Named, Statement, Way, instant


def statement_of_document(
    found: CheckedDocument, *, way: Way, reference: str, at: dt.datetime, file_sha256: str | None = None
) -> Statement:
    """Return the statement of a check that found a document. `reference` is drawn for this check alone."""
    return Statement(
        reference=reference,
        checked_at=instant(at),
        way=way,
        result=found.standing,
        file_sha256=file_sha256,
        document=_named(found),
    )


def statement_of_file(report: FileReport, *, reference: str, at: dt.datetime) -> Statement:
    """Return the statement of a check of a file, whether it is a document of ours or not."""
    return Statement(
        reference=reference,
        checked_at=instant(at),
        way=Way.FILE,
        result=report.document.standing if report.document else report.verdict,
        file_sha256=report.sha256.hex(),
        answers={check.value: holds for check, holds in report.answers.items()},
        document=_named(report.document) if report.document else None,
    )


def _named(found: CheckedDocument) -> Named:
    return Named(
        serial=found.serial,
        title=dict(found.title),
        issuer=dict(found.issuer),
        issued_at=instant(found.issued_at),
        valid_until=found.valid_until.isoformat() if found.valid_until else None,
        revoked_at=instant(found.revoked_at) if found.revoked_at else None,
        revocation_reason=found.revocation_reason,
    )
