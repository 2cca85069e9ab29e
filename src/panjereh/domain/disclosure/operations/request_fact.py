"""Ask a register for what a case needs: the question is put down now and asked by a job."""

import datetime as dt
import json
from collections.abc import Mapping
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.disclosure.models import Fact
from panjereh.domain.disclosure.rules.states import FactState
from panjereh.plumbing import queue, sealing
from panjereh_kernel.actor import Actor


def request_fact(
    fact_id: UUID,
    *,
    case_id: UUID,
    subject_id: UUID,
    evidence: str,
    data_set: str,
    request: Mapping[str, str],
    purpose: str,
    legal_basis: str,
    case_reference: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Put the question down inside the caller's transaction; the job `disclosure.fetch` asks it."""
    body = json.dumps(dict(request), ensure_ascii=False, sort_keys=True)
    Fact.objects.create(
        id=fact_id,
        case_id=case_id,
        subject_id=subject_id,
        evidence=evidence,
        data_set=data_set,
        purpose=purpose,
        legal_basis=legal_basis,
        case_reference=case_reference,
        state=FactState.ASKED,
        sealed_request=sealing.seal(subject_id, "fact.request", body),
        asked_at=at,
    )
    audit.record(
        event="disclosure.fact.requested",
        actor=actor,
        subject=str(fact_id),
        at=at,
        facts={"case": str(case_id), "data_set": data_set, "purpose": purpose, "legal_basis": legal_basis},
    )
    queue.defer("disclosure.fetch", key=str(fact_id), fact_id=fact_id)


def discard_facts(case_id: UUID) -> None:
    """Set aside what was fetched for a case whose answers changed, inside the caller's transaction."""
    Fact.objects.filter(case_id=case_id).exclude(state=FactState.DISCARDED).update(state=FactState.DISCARDED)
