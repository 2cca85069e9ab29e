"""Make the signed receipt of a check: a PDF/A as our documents are, with what was found as data inside."""

import datetime as dt
import hashlib
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.documents import access, forms, paper
from panjereh.domain.documents.models import CheckReceipt
from panjereh.domain.documents.operations.issue_document import ISSUER, Press
from panjereh.domain.documents.rules.numbers import draw_numbers
from panjereh.domain.documents.rules.statements import Statement
from panjereh.domain.documents.signing.seal import sign_document
from panjereh.domain.documents.words import receipt_titles, window_names

# How long a receipt can be fetched again. Whoever asked for it has filed it by then.
KEPT = dt.timedelta(days=30)
_TEMPLATE = Path(__file__).parents[1] / "receipt.typ"


def issue_receipt(receipt_id: UUID, *, press: Press, entropy: bytes, at: dt.datetime) -> None:
    """Render, sign and store a requested receipt. Only from jobs.

    Repeating is safe: a receipt that was issued meanwhile stays as it is. A process killed before the commit
    leaves a requested receipt. Raises `NotFound`, `TimeStampMissing`, and what the
    renderer raises.
    """
    receipt = CheckReceipt.objects.filter(id=receipt_id).first()
    if receipt is None or receipt.serial is not None:
        return
    statement = Statement.from_json(receipt.statement)
    serial, code = draw_numbers(entropy)
    rendered = _render(statement, press, serial=serial, code=code, at=at)
    signed = sign_document(rendered, key=press.key, at=at, authority=press.authority)
    _store(receipt_id, signed, serial=serial, code=code, at=at)


def _render(statement: Statement, press: Press, *, serial: str, code: str, at: dt.datetime) -> bytes:
    facts = paper.PaperFacts(
        serial=serial,
        code=code,
        title=receipt_titles()["fa"],
        # The installation itself answers for its receipts.
        issuer=forms.Issuer("installation", dict(press.operator or window_names())),
        signer=press.key.holder,
        public_url=press.public_url,
        is_practice=press.is_practice,
        valid_until=None,
    )
    data = {"installation": press.public_url, "check": statement.as_record()}
    files = paper.files_of(_template(), facts=facts, data=data, at=at)
    return press.renderer.render(files, created_at=at)


@transaction.atomic(durable=True)
def _store(receipt_id: UUID, signed: bytes, *, serial: str, code: str, at: dt.datetime) -> None:
    receipt = access.lock_receipt(receipt_id)
    if receipt.serial is not None:
        return
    receipt.serial = serial
    receipt.check_code_index = access.code_index(serial, code)
    receipt.pdf = signed
    receipt.pdf_sha256 = hashlib.sha256(signed).digest()
    receipt.issued_at = at
    receipt.save()
    audit.record(event="documents.receipt.issued", actor=ISSUER, subject=str(receipt_id), at=at)


@transaction.atomic(durable=True)
def forget_receipt_files(*, at: dt.datetime) -> None:
    """Drop the files of receipts older than `KEPT`; what checks them stays. Repeating changes nothing."""
    CheckReceipt.objects.filter(pdf__isnull=False, issued_at__lt=at - KEPT).update(pdf=None)


@cache
def _template() -> str:
    return _TEMPLATE.read_text(encoding="utf-8")
