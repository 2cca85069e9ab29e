"""What a check found, written for programs: codes, ISO dates, both languages, no sentence to parse."""

import datetime as dt
from typing import Any

from panjereh.domain.documents import api as documents

NOT_FOUND, RECEIPT = "not-found", "receipt"


def of_statement(statement: documents.Statement, found: documents.CheckedDocument | None) -> dict[str, Any]:
    """Return the answer to a check that found a document, or examined a file that is none of ours."""
    record = statement.as_record()
    named = record["document"]
    return {
        **_answer(statement.result, way=statement.way, checked_at=statement.checked_at),
        "file_sha256": record["file_sha256"],
        "checks": record["answers"],
        "document": {
            "number": named.pop("serial"),
            "holder_initials": found.holder,
            **named,
        }
        if named and found
        else None,
        "voucher": documents.write_voucher(statement),
    }


def of_nothing(*, way: documents.Way, at: dt.datetime, file_sha256: str | None = None) -> dict[str, Any]:
    """Return the answer to a check that found nothing: a wrong code and an unknown number alike."""
    return {
        **_answer(NOT_FOUND, way=way, checked_at=documents.instant(at)),
        "file_sha256": file_sha256,
    }


def of_receipt(found: documents.CheckedReceipt, *, way: documents.Way, at: dt.datetime) -> dict[str, Any]:
    """Return the answer to a check of a receipt: what it stated, and nothing about the document today."""
    return {
        **_answer(RECEIPT, way=way, checked_at=documents.instant(at)),
        "receipt": {
            "number": found.serial,
            "issued_at": documents.instant(found.issued_at),
            "stated": found.statement.as_record(),
        },
    }


def _answer(result: str, *, way: str, checked_at: str) -> dict[str, Any]:
    return {
        "result": result,
        "way": way,
        "checked_at": checked_at,
        "file_sha256": None,
        "checks": {},
        "document": None,
        "receipt": None,
        "voucher": None,
    }
