"""Start an application, or go on with the one that is already open."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from panjereh.domain.casework.models import Case
from panjereh.domain.casework.operations import act
from panjereh.domain.casework.rules.states import OPEN_STATES, CaseState
from panjereh.domain.catalogue import api as catalogue
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound, Refusal


class IdentityTooWeak(Refusal):
    """The service needs a person whose identity the registers have confirmed."""

    code = "identity-too-weak"
    status = 403


def start_case(
    case_id: UUID, *, service_id: str, tracking_code: str, act_id: UUID, actor: Actor, at: dt.datetime
) -> UUID:
    """Return the id of the actor's open draft for the service: the one there is, or a new one, `case_id`.

    Raises `catalogue.NotFound` for an unknown service and `IdentityTooWeak`.
    """
    if actor.subject_id is None or actor.account_id is None:
        raise NotFound
    if actor.ial < 1:
        raise IdentityTooWeak
    open_case = _open_case(actor.subject_id, service_id)
    if open_case is not None:
        return open_case
    try:
        _start(
            Case(
                id=case_id,
                tracking_code=tracking_code,
                service_id=service_id,
                subject_id=actor.subject_id,
                account_id=actor.account_id,
                state=CaseState.DRAFT,
                started_at=at,
                saved_at=at,
            ),
            act_id=act_id,
            actor=actor,
            at=at,
        )
    except IntegrityError:
        # A double click: the other request made the draft between our look and our insert.
        twin = _open_case(actor.subject_id, service_id)
        if twin is None:
            raise
        return twin
    return case_id


@transaction.atomic(durable=True)
def _start(case: Case, *, act_id: UUID, actor: Actor, at: dt.datetime) -> None:
    case.pack_version = catalogue.current_pack(case.service_id).version
    case.save(force_insert=True)
    act.log(case, "start", act_id=act_id, actor=actor, at=at)
    act.record(case, "casework.case.started", actor=actor, at=at)


def _open_case(subject_id: UUID, service_id: str) -> UUID | None:
    cases = Case.objects.filter(subject_id=subject_id, service_id=service_id, state__in=OPEN_STATES)
    return cases.values_list("id", flat=True).first()
