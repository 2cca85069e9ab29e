"""Have documents made again that could not be made, once an operator has mended the cause."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.documents import access
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.operations.give_up_document import ERASED
from panjereh.domain.documents.rules.states import DocumentState
from panjereh.plumbing import queue
from panjereh_kernel.actor import Actor

REMAKER = Actor.system("documents.remake")


def remake_documents(*, at: dt.datetime, limit: int = 1000) -> int:
    """Put at most `limit` failed documents back to be made, oldest first, and return how many. For operators.

    Each is a transaction of its own, so what was put back stays so if the next fails. Two operators at once
    put each back once. A document that fails again is failed again. One whose content was erased is left.
    """
    failed = Document.objects.filter(state=DocumentState.FAILED).exclude(failure=ERASED).order_by("id")
    return sum(_remake(document_id, at=at) for document_id in failed.values_list("id", flat=True)[:limit])


@transaction.atomic(durable=True)
def _remake(document_id: UUID, *, at: dt.datetime) -> bool:
    document = access.lock_for_job(document_id)
    if document.state != DocumentState.FAILED:
        return False
    document.state, document.failure = DocumentState.REQUESTED, ""
    document.save(update_fields=["state", "failure"])
    audit.record(event="documents.document.requested", actor=REMAKER, subject=str(document_id), at=at)
    queue.defer("documents.issue", key=str(document_id), document_id=document_id)
    return True
