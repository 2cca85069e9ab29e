"""End the cases of a person who was erased: nobody can read them any more, and nothing may wait for them."""

import datetime as dt
from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.operations import act
from panjereh.domain.casework.rules.states import CaseState
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.documents import api as documents
from panjereh_kernel.actor import Actor

ERASED: Final = "person-erased"


@transaction.atomic(durable=True)
def end_cases_of_erased(
    subject_id: UUID, *, new_id: Callable[[], UUID], actor: Actor, at: dt.datetime
) -> None:
    """End every case of a person that is under way, with its questions to registers and its document.

    What was decided and finished stays as it is. Jobs about these cases find them ended and do nothing.
    Repeating changes nothing. Raises `NotFound` for anybody but the platform itself.
    """
    for case in access.lock_cases_under_way(subject_id, actor=actor):
        disclosure.discard_facts(case.id)
        documents.give_up_document(case.id, at=at)
        case.state, case.finished_at = CaseState.ERASED, at
        case.save(update_fields=["state", "finished_at"])
        act.log(case, ERASED, act_id=new_id(), actor=actor, at=at)
        act.record(case, "casework.case.ended_by_erasure", actor=actor, at=at)
