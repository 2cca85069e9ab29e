"""The document of a granted case cannot be made for now: the person is told, and the grant stands."""

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.models import CaseAct
from panjereh.domain.casework.operations import act
from panjereh.domain.casework.operations.tell import tell
from panjereh.domain.casework.rules.states import CaseState
from panjereh_kernel.actor import Actor

DOCUMENT_FAILED: Final = "document-failed"


@transaction.atomic(durable=True)
def tell_document_failed(
    case_id: UUID, *, act_id: UUID, message_id: UUID, actor: Actor, at: dt.datetime
) -> None:
    """Log that the document of a granted case could not be made, and tell its owner, once.

    Told again, late, or after the document was made after all, it changes nothing: one message says that it
    takes longer, the next that it is there. Raises `NotFound` for anybody but the platform itself.
    """
    case = access.lock_case_for_system(case_id, actor=actor)
    if case.state != CaseState.GRANTED:
        return
    if CaseAct.objects.filter(case_id=case.id, event=DOCUMENT_FAILED).exists():
        return
    act.log(case, DOCUMENT_FAILED, act_id=act_id, actor=actor, at=at)
    act.record(case, "casework.case.document_failed", actor=actor, at=at)
    tell(case, "document-late", message_id=message_id, at=at)
