"""Ask for the signed receipt of a check: the row and the job that will make it."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.documents import access
from panjereh.domain.documents.caps import count_try
from panjereh.domain.documents.models import CheckReceipt
from panjereh.domain.documents.rules.statements import Statement
from panjereh.plumbing import queue
from panjereh_kernel.actor import Actor


def request_receipt(
    receipt_id: UUID, *, statement: Statement, actor: Actor, address: str, at: dt.datetime
) -> None:
    """Have a signed receipt made of what a check found.

    The caller vouches that `statement` is what a check found, unchanged. Asking twice for one check makes one
    receipt. Raises `TooManyChecks`: a receipt counts as one question of its network address.
    """
    count_try(address, at=at)
    _request(receipt_id, statement=statement, actor=actor, at=at)


@transaction.atomic(durable=True)
def _request(receipt_id: UUID, *, statement: Statement, actor: Actor, at: dt.datetime) -> None:
    row = CheckReceipt(
        id=receipt_id,
        reference_index=access.reference_index(statement.reference),
        statement=statement.to_json(),
        requested_at=at,
    )
    CheckReceipt.objects.bulk_create([row], ignore_conflicts=True)
    if not CheckReceipt.objects.filter(id=receipt_id).exists():
        return
    audit.record(event="documents.receipt.requested", actor=actor, subject=str(receipt_id), at=at)
    queue.defer("documents.issue_receipt", key=str(receipt_id), receipt_id=receipt_id)
