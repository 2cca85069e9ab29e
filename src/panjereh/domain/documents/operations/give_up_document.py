"""Give a document up that can never be made: what it would say has been erased."""

import datetime as dt
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.rules.states import DocumentState
from panjereh.plumbing.sealing import ContentErased
from panjereh_kernel.actor import Actor

GIVER_UP = Actor.system("documents.give-up")
ERASED = ContentErased.code


def give_up_document(case_id: UUID, *, at: dt.datetime) -> None:
    """Fail what is asked for and not made yet for a case whose person was erased. A step.

    It is never put back to be made. Repeating changes nothing; what was issued stays issued.
    """
    rows = Document.objects.select_for_update().filter(case_id=case_id, state=DocumentState.REQUESTED)
    for document in rows.order_by("id"):
        document.state, document.failure = DocumentState.FAILED, ERASED
        document.save(update_fields=["state", "failure"])
        facts = {"code": ERASED}
        audit.record(
            event="documents.document.failed", actor=GIVER_UP, subject=str(document.id), at=at, facts=facts
        )
