"""Ask the registers for what the case needs, one after another, until all is there."""

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.models import Case
from panjereh.domain.casework.operations import act, limits
from panjereh.domain.casework.operations.tell import tell
from panjereh.domain.casework.queries import facts_for, is_answered, is_asked, is_denied
from panjereh.domain.casework.refusals import CaseStepImpossible
from panjereh.domain.casework.rules.flow import ImpossibleStep
from panjereh.domain.casework.rules.gathering import NoAnswer
from panjereh.domain.casework.rules.states import CaseEvent, CaseState
from panjereh.domain.disclosure import api as disclosure
from panjereh_kernel.actor import Actor

# Longer than anybody stays at a page that renews itself.
PATIENCE: Final = dt.timedelta(minutes=10)
CHANGED: Final = ("state", "asked_at", *limits.FIELDS)


@transaction.atomic(durable=True)
def gather_facts(case_id: UUID, *, fact_id: UUID, act_id: UUID, actor: Actor, at: dt.datetime) -> None:
    """Start asking, and the limit of it; a case that is gathering already is left alone.

    The same form sent again while a register owes its answer asks nothing anew: the limit runs on.

    Raises `NotFound`, `CalendarMissing`, and `CaseStepImpossible` while a question of the form is open.
    """
    case = access.lock_own_case(case_id, actor=actor)
    if case.state in (CaseState.GATHERING, CaseState.READY):
        return
    if not is_answered(case):
        raise CaseStepImpossible(ImpossibleStep(CaseState(case.state), CaseEvent.GATHER))
    act.move(case, CaseEvent.GATHER, act_id=act_id, actor=actor, at=at)
    if case.asked_at is None or not is_asked(case):
        _begin(case, at)
    _go_on(case, fact_id=fact_id, act_id=fact_id, actor=actor, at=at)


@transaction.atomic(durable=True)
def gather_again(
    case_id: UUID, *, fact_id: UUID, back_id: UUID, act_id: UUID, actor: Actor, at: dt.datetime
) -> None:
    """Set aside what the registers said and ask them all anew: somebody had a record corrected.

    Raises `NotFound`, and `CaseStepImpossible` unless the answers wait to be looked over or a register denied
    one. While questions are under way nothing is asked twice.
    """
    case = access.lock_own_case(case_id, actor=actor)
    if not (case.state == CaseState.READY or is_denied(case)):
        raise CaseStepImpossible(ImpossibleStep(CaseState(case.state), CaseEvent.GATHER))
    disclosure.discard_facts(case.id)
    act.move(case, CaseEvent.ANSWER, act_id=back_id, actor=actor, at=at)
    act.move(case, CaseEvent.GATHER, act_id=act_id, actor=actor, at=at)
    # What was looked over is not what will be submitted: a review in another tab must be looked over anew.
    case.saved_at = at
    case.save(update_fields=["saved_at"])
    _begin(case, at)
    _go_on(case, fact_id=fact_id, act_id=fact_id, actor=actor, at=at)


@transaction.atomic(durable=True)
def continue_gathering(case_id: UUID, *, fact_id: UUID, act_id: UUID, actor: Actor, at: dt.datetime) -> None:
    """Go on after a register answered. Repeating changes nothing.

    Who has waited longer than one stays at a page is told in the inbox when all is there.
    """
    case = access.lock_case_for_system(case_id, actor=actor)
    if case.state != CaseState.GATHERING:
        return
    _go_on(case, fact_id=fact_id, act_id=act_id, actor=actor, at=at)
    if case.state == CaseState.READY and at - (case.asked_at or case.saved_at) >= PATIENCE:
        tell(case, "case-ready", message_id=fact_id, at=at)


def _begin(case: Case, at: dt.datetime) -> None:
    case.asked_at = at
    limits.begin_wait(case)


def _go_on(case: Case, *, fact_id: UUID, act_id: UUID, actor: Actor, at: dt.datetime) -> None:
    try:
        _, question = facts_for(case, actor=actor, at=at)
    except NoAnswer:
        # The next answer calls again; a register that denies is shown on the page and holds the case. The
        # step just taken is kept: a form sent twice meanwhile must not fall back to its question.
        if is_denied(case):
            case.overdue_at = None  # the wait for registers is over: the next step is its owner's
        case.save(update_fields=CHANGED)
        return
    if question is None:
        act.move(case, CaseEvent.FACTS_COMPLETE, act_id=act_id, actor=actor, at=at)
    else:
        disclosure.request_fact(
            fact_id,
            case_id=case.id,
            subject_id=case.subject_id,
            evidence=question.evidence.id,
            data_set=question.evidence.data_set,
            request=question.request,
            purpose=question.evidence.purpose,
            legal_basis=question.evidence.legal_basis.instrument,
            case_reference=case.tracking_code,
            actor=actor,
            at=at,
        )
    case.save(update_fields=CHANGED)
