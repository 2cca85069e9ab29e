"""Submit a case: the moment the clock starts."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.operations import act, limits
from panjereh.domain.casework.refusals import CaseStepImpossible
from panjereh.domain.casework.rules.flow import ImpossibleStep
from panjereh.domain.casework.rules.states import CaseEvent, CaseState
from panjereh.domain.catalogue import api as catalogue
from panjereh.plumbing import queue
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import Refusal


class LimitBeyondCalendar(Refusal):
    """The limit would end on a day no calendar knows yet, so none can be promised. Nothing is lost."""

    code = "limit-beyond-calendar"
    status = 503


class PackWithoutClock(Exception):  # noqa: N818 -- a bug in what was installed: the linter refuses such packs
    """The service has no clock for a waiting state."""


@transaction.atomic(durable=True)
def submit_case(
    case_id: UUID, *, act_id: UUID, actor: Actor, at: dt.datetime, seen_at: dt.datetime | None = None
) -> None:
    """Hand a complete case over for decision and start its clock.

    `seen_at` is the `saved_at` of the answers the person looked over: answers that were changed since, in
    another tab, are not submitted unseen. None where nobody looks them over on a page.

    Raises `NotFound` if the actor may not see the case, `CaseStepImpossible` if it is not complete or already
    submitted, or its answers are not those of `seen_at`, and `LimitBeyondCalendar`. Repeating a refused call
    changes nothing.
    """
    case = access.lock_own_case(case_id, actor=actor)
    if seen_at is not None and case.saved_at != seen_at:
        raise CaseStepImpossible(ImpossibleStep(CaseState(case.state), CaseEvent.SUBMIT))
    pack = catalogue.pack(case.service_id, case.pack_version)
    if pack.promise is None:
        raise PackWithoutClock(case.service_id)
    # Same transaction as the change: a submission without its trace must be impossible.
    act.move(case, CaseEvent.SUBMIT, act_id=act_id, actor=actor, at=at)
    case.submitted_at = at
    limits.begin_wait(case)
    if case.due_on is None:
        raise LimitBeyondCalendar
    case.save(update_fields=["state", "submitted_at", *limits.FIELDS])
    queue.defer("casework.decide", key=str(case.id), case_id=case.id)
