"""Ask one register over the exchange and keep its answer, sealed."""

import datetime as dt
import json
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.disclosure.events import FactsArrived
from panjereh.domain.disclosure.models import Fact
from panjereh.domain.disclosure.rules.states import FactState
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import outbox, sealing, sql
from panjereh_kernel.actor import Actor


def fetch_fact(fact_id: UUID, *, actor: Actor, at: dt.datetime) -> None:
    """Ask and keep. For jobs only, as it waits for another machine.

    Raises `exchange.RegisterUnavailable` when the register or a node is away: nothing has changed and the
    job asks again with the same message id. A denial by the register is kept as an answer of its own.
    """
    fact = sql.find(Fact, id=fact_id, state=FactState.ASKED.value)
    if fact is None:
        return
    request = json.loads(sealing.unseal(fact.subject_id, "fact.request", fact.sealed_request))
    try:
        answer = exchange.ask(
            fact.data_set,
            request=request,
            subject_id=fact.subject_id,
            actor=actor,
            purpose=fact.purpose,
            legal_basis=fact.legal_basis,
            case_reference=fact.case_reference,
            message_id=fact.id,
            at=at,
        )
    except exchange.RegisterRefused:
        _keep(fact_id, state=FactState.DENIED, body=None, receipt_id=None, actor=actor, at=at)
        return
    body = json.dumps(answer.body, ensure_ascii=False, sort_keys=True)
    _keep(fact_id, state=FactState.ANSWERED, body=body, receipt_id=answer.receipt_id, actor=actor, at=at)


@transaction.atomic(durable=True)
def _keep(
    fact_id: UUID,
    *,
    state: FactState,
    body: str | None,
    receipt_id: UUID | None,
    actor: Actor,
    at: dt.datetime,
) -> None:
    fact = sql.find(Fact, is_locked=True, id=fact_id)
    if (
        fact is None or fact.state != FactState.ASKED
    ):  # answered by a twin of this job, or discarded while it was asked
        return
    fact.state, fact.receipt_id, fact.answered_at = state, receipt_id, at
    fact.sealed_answer = None if body is None else sealing.seal(fact.subject_id, "fact.answer", body)
    fact.save(update_fields=["state", "receipt_id", "answered_at", "sealed_answer"])
    audit.record(
        event=f"disclosure.fact.{state}",
        actor=actor,
        subject=str(fact_id),
        at=at,
        facts={"case": str(fact.case_id), "data_set": fact.data_set},
    )
    outbox.emit(FactsArrived(case_id=fact.case_id, fact_id=fact.id), at=at)
