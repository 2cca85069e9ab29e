"""Withdraw: the person no longer wants it, and says so before the state has decided."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.operations import act
from panjereh.domain.casework.operations.tell import tell
from panjereh.domain.casework.rules.states import CaseEvent
from panjereh.domain.disclosure import api as disclosure
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def withdraw_case(case_id: UUID, *, act_id: UUID, message_id: UUID, actor: Actor, at: dt.datetime) -> None:
    """End the actor's own case before it is decided. It cannot be taken back; a new one can be started.

    Of a draft, answers and facts go with it: nobody but its owner has seen them, and nothing rests on them. A
    submitted case keeps them, as the record of what was asked, and its owner gets `message_id` in the inbox.

    Raises `NotFound` if the actor may not see the case, `CaseStepImpossible` once it is decided or withdrawn.
    Against a decision made in the same moment, whoever holds the case first wins and the other changes nothing.
    """
    case = access.lock_own_case(case_id, actor=actor)
    act.move(case, CaseEvent.WITHDRAW, act_id=act_id, actor=actor, at=at)
    case.finished_at = at
    if case.submitted_at is None:
        case.sealed_answers = None
        disclosure.discard_facts(case.id)
    else:
        tell(case, "case-withdrawn", message_id=message_id, at=at)
    case.save(update_fields=["state", "finished_at", "sealed_answers"])
