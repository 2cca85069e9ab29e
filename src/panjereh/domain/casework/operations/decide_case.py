"""Decide a case by its rules, with the reasons kept beside the outcome."""

import datetime as dt
from uuid import UUID, uuid5

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.models import Case, Decision
from panjereh.domain.casework.operations import act, limits
from panjereh.domain.casework.operations.tell import tell
from panjereh.domain.casework.queries import facts_for
from panjereh.domain.casework.rules.gathering import Facts
from panjereh.domain.casework.rules.states import CaseEvent, CaseState
from panjereh.domain.casework.rules.texts import both
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.documents import api as documents
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def decide_case(case_id: UUID, *, act_id: UUID, output_id: UUID, actor: Actor, at: dt.datetime) -> None:
    """Grant or refuse a submitted case. `output_id` becomes the id of the document it makes.

    The limit for making the document begins with the grant.

    The message of a refusal has an id of its case: decided anew after a restore, it is the same message to a
    carrier that had it already.

    A case that is not waiting for a decision is left alone, so a job that runs twice decides once.
    """
    case = access.lock_case_for_system(case_id, actor=actor)
    if case.state != CaseState.SUBMITTED:
        return
    pack = catalogue.pack(case.service_id, case.pack_version)
    facts, _ = facts_for(case, actor=actor, at=at)
    decision = catalogue.decide(pack, facts)
    case.decided_at = at
    _keep(case, decision, at)
    if decision.outcome is catalogue.Outcome.GRANTED:
        act.move(case, CaseEvent.GRANT, act_id=act_id, actor=actor, at=at)
        limits.begin_wait(case)
        _request_document(case, pack, facts, output_id, actor=actor, at=at)
    else:
        act.move(case, CaseEvent.REFUSE, act_id=act_id, actor=actor, at=at)
        case.finished_at = at
        _tell_refusal(case, pack, decision, uuid5(case.id, "case-refused"), at=at)
    case.save(update_fields=["state", "decided_at", "finished_at", *limits.FIELDS])


def _keep(case: Case, decision: catalogue.Decision, at: dt.datetime) -> None:
    receipts = [
        fact.receipt_id
        for fact in disclosure.facts_of(case.id, subject_id=case.subject_id)
        if fact.receipt_id
    ]
    Decision.objects.create(
        case_id=case.id,
        outcome="grant" if decision.outcome is catalogue.Outcome.GRANTED else "refuse",
        pack_version=case.pack_version,
        conditions=[{"id": condition, "finding": finding} for condition, finding in decision.conditions],
        receipt_ids=[str(receipt) for receipt in receipts],
        decided_at=at,
    )


def _request_document(
    case: Case, pack: catalogue.Pack, facts: Facts, document_id: UUID, *, actor: Actor, at: dt.datetime
) -> None:
    made = next((action.makes for action in pack.actions if action.id == CaseEvent.GRANT), "")
    if not made:
        return
    output = pack.output(made)
    documents.request_document(
        document_id,
        case_id=case.id,
        subject_id=case.subject_id,
        template=documents.TemplateRef(case.service_id, case.pack_version, output.id),
        data=catalogue.document_data(output, facts),
        valid_until=_months_after(jalali.tehran_date(at), output.valid_months),
        actor=actor,
        at=at,
    )


def _tell_refusal(
    case: Case, pack: catalogue.Pack, decision: catalogue.Decision, message_id: UUID, *, at: dt.datetime
) -> None:
    # The first condition that failed is the one to mend first; the case page shows them all.
    failed = pack.condition(decision.failed_conditions[0])
    words = {**both("reason", failed.reason), **both("remedy", failed.remedy.what)}
    tell(case, "case-refused", message_id=message_id, at=at, **words)


def _months_after(day: dt.date, months: int) -> dt.date:
    """Return the day `months` solar months later; a day that month has not rolls back to its last."""
    year, month, number = jalali.to_jalali(day)
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    while True:
        try:
            return jalali.from_jalali(year, month, number)
        except ValueError:
            number -= 1
