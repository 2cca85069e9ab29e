"""The one way a case moves: by the flow of its pack, with an act in its log and a leaf in the record."""

import datetime as dt
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.casework.models import Case
from panjereh.domain.casework.refusals import CaseStepImpossible
from panjereh.domain.casework.rules.flow import ImpossibleStep, next_state
from panjereh.domain.casework.rules.states import CaseEvent, CaseState
from panjereh.domain.catalogue import api as catalogue
from panjereh.plumbing import sql
from panjereh_kernel.actor import Actor

# The steps that are part of the public count; the others are the person's own drafting.
AUDITED = {
    CaseEvent.SUBMIT: "casework.case.submitted",
    CaseEvent.GRANT: "casework.case.granted",
    CaseEvent.REFUSE: "casework.case.refused",
    CaseEvent.ISSUE: "casework.case.finished",
    CaseEvent.WITHDRAW: "casework.case.withdrawn",
}

# The number follows from the acts there are; whoever adds one holds the case.
_ADD_ACT = """
INSERT INTO casework_caseact (id, case_id, number, event, state, role, account_id, at)
VALUES (%s, %s, (SELECT count(*) + 1 FROM casework_caseact WHERE case_id = %s), %s, %s, %s, %s, %s)
"""


def move(case: Case, event: CaseEvent, *, act_id: UUID, actor: Actor, at: dt.datetime) -> None:
    """Move a locked case as its pack's flow says, and log it. The caller saves the case.

    Raises `CaseStepImpossible` and changes nothing.
    """
    try:
        pack = catalogue.pack(case.service_id, case.pack_version)
        case.state = next_state(pack.actions, CaseState(case.state), event, role=actor.role)
    except ImpossibleStep as step:
        raise CaseStepImpossible(step) from step
    log(case, event, act_id=act_id, actor=actor, at=at)
    if event in AUDITED:
        record(case, AUDITED[event], actor=actor, at=at)


def log(case: Case, event: str, *, act_id: UUID, actor: Actor, at: dt.datetime) -> None:
    """Add one act to the log of a case that the caller holds."""
    log = (act_id, case.id, case.id, str(event), str(case.state), str(actor.role), actor.account_id, at)
    sql.do(_ADD_ACT, log)


def record(case: Case, event: str, *, actor: Actor, at: dt.datetime, **more: str) -> None:
    """Add a leaf about the case to the audit record: ids and codes only, `more` beyond service and state."""
    facts: dict[str, str | int] = {
        "service": case.service_id,
        "version": case.pack_version,
        "state": str(case.state),
        **more,
    }
    audit.record(event=event, actor=actor, subject=str(case.id), at=at, facts=facts)
