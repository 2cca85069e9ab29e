"""The document is signed: the case is done and the person is told."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.operations import act
from panjereh.domain.casework.operations.tell import tell
from panjereh.domain.casework.rules.states import CaseEvent, CaseState
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def finish_case(case_id: UUID, *, act_id: UUID, message_id: UUID, actor: Actor, at: dt.datetime) -> None:
    """Close a granted case whose document was issued. Repeating changes nothing."""
    case = access.lock_case_for_system(case_id, actor=actor)
    if case.state != CaseState.GRANTED:
        return
    act.move(case, CaseEvent.ISSUE, act_id=act_id, actor=actor, at=at)
    case.finished_at = at
    case.save(update_fields=["state", "finished_at"])
    tell(case, "case-granted", message_id=message_id, at=at)
