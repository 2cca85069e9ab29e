"""What pages and jobs read of cases: frozen, and only through access."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from panjereh.domain.casework import access, models
from panjereh.domain.casework.rules import gathering, waiting
from panjereh.domain.casework.rules.answers import asked_pages
from panjereh.domain.casework.rules.flow import can_happen
from panjereh.domain.casework.rules.states import WAITING_STATES, CaseEvent, CaseState
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import api as people
from panjereh.plumbing import sealing, sql
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound

PAGE = 20
_BEHIND_ALL = UUID(int=2**128 - 1)
_CASES = """
SELECT id, tracking_code, service_id, pack_version, state, started_at, submitted_at, due_on
FROM casework_case WHERE subject_id = %s AND id < %s ORDER BY id DESC LIMIT %s
"""
_FAILED_CONDITIONS = """
SELECT finding.value ->> 'id'
FROM casework_decision, jsonb_array_elements(conditions) WITH ORDINALITY AS finding (value, place)
WHERE case_id = %s AND finding.value ->> 'finding' = 'failed' ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One row of «my cases»."""

    id: UUID
    tracking_code: str
    service_id: str
    pack_version: int
    state: CaseState
    started_at: dt.datetime
    submitted_at: dt.datetime | None
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ActView:
    """One line of a case's log."""

    event: str
    state: CaseState
    role: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its owner sees it.

    `failed_conditions` are the reasons of a refusal, by the pack's ids. `calendar_version` is the calendar
    that `due_on` was counted by, "" before submission. `waits_until` is the last day of the state it waits
    in, as it was counted when the wait began, or again since; None where the next step is its owner's, or
    nobody's. `is_overdue` says whether that limit was found to have passed. `can_withdraw` says whether the
    flow lets its owner out.
    """

    id: UUID
    tracking_code: str
    service_id: str
    pack_version: int
    state: CaseState
    answers: dict[str, str]
    facts: tuple[disclosure.Fact, ...]
    started_at: dt.datetime
    saved_at: dt.datetime
    submitted_at: dt.datetime | None
    due_on: dt.date | None
    calendar_version: str
    waits_until: dt.date | None
    is_overdue: bool
    decided_at: dt.datetime | None
    finished_at: dt.datetime | None
    can_withdraw: bool
    failed_conditions: tuple[str, ...]
    acts: tuple[ActView, ...]


def case(case_id: UUID, *, actor: Actor) -> CaseView:
    """Return the actor's own case. Raises `NotFound`."""
    row, acts = access.own_case_with_acts(case_id, actor=actor)
    open_one = sealing.opener(row.subject_id)
    pack = catalogue.pack(row.service_id, row.pack_version)
    return CaseView(
        id=row.id,
        tracking_code=row.tracking_code,
        service_id=row.service_id,
        pack_version=row.pack_version,
        state=CaseState(row.state),
        answers=_answers(row, open_one),
        facts=_facts(row, open_one),
        started_at=row.started_at,
        saved_at=row.saved_at,
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        calendar_version=row.calendar_version,
        waits_until=waiting.kept(row).on if row.state in WAITING_STATES else None,
        is_overdue=waiting.is_overdue(row),
        decided_at=row.decided_at,
        finished_at=row.finished_at,
        can_withdraw=can_happen(pack.actions, CaseState(row.state), CaseEvent.WITHDRAW, role=actor.role),
        failed_conditions=_failed_conditions(row),
        acts=tuple(ActView(event, CaseState(state), role, at) for event, state, role, at in acts),
    )


def case_state(case_id: UUID, *, actor: Actor) -> CaseState:
    """Return only where the actor's own case stands: what a page polls. Raises `NotFound`."""
    return CaseState(access.own_case(case_id, actor=actor).state)


def cases_of(*, actor: Actor, before: UUID | None = None, limit: int = PAGE) -> tuple[CaseSummary, ...]:
    """Return at most `limit` of the actor's cases, newest first, before the given one. Raises `NotFound`."""
    if actor.subject_id is None:
        raise NotFound
    rows = sql.rows(_CASES, [actor.subject_id, before or _BEHIND_ALL, limit])
    return tuple(
        CaseSummary(case_id, code, service_id, version, CaseState(state), started_at, submitted_at, due_on)
        for case_id, code, service_id, version, state, started_at, submitted_at, due_on in rows
    )


def cases_by_code(tracking_codes: Collection[str], *, actor: Actor) -> dict[str, CaseSummary]:
    """Return those of the actor's own cases that have these codes. Raises `NotFound` for nobody."""
    if actor.subject_id is None:
        raise NotFound
    rows = models.Case.objects.filter(subject_id=actor.subject_id, tracking_code__in=tracking_codes)
    return {row.tracking_code: _summary(row) for row in rows.order_by("id")}


def facts_for(
    row: models.Case, *, actor: Actor, at: dt.datetime
) -> tuple[gathering.Facts, gathering.Question[catalogue.Evidence] | None]:
    """Return the facts of a case and the next question to a register, for operations that hold the case.

    Raises `gathering.NoAnswer` while a register owes its answer.
    """
    applicant = people.person(row.subject_id, actor=actor, at=at)
    pack = catalogue.pack(row.service_id, row.pack_version)
    given: gathering.Facts = {
        "applicant": {
            "national_number": applicant.national_number,
            "birth_date": applicant.birth_date.isoformat(),
        },
        # Expressions of the pack name every field, also of pages that were not asked.
        "form": {field.id: "" for page in pack.pages for field in page.fields} | dict(answers_of(row)),
    }
    return gathering.gather(
        pack.evidence,
        given=given,
        known=disclosure.facts_of(row.id, subject_id=row.subject_id),
        request_of=catalogue.request_of,
    )


def is_asked(row: models.Case) -> bool:
    """Whether a register owes its answer."""
    facts = disclosure.facts_of(row.id, subject_id=row.subject_id)
    return any(fact.state == disclosure.FactState.ASKED for fact in facts)


def is_denied(row: models.Case) -> bool:
    """Whether a register declined to answer: the case waits for its owner, not for a register."""
    return row.state == CaseState.GATHERING and any(
        fact.state == disclosure.FactState.DENIED
        for fact in disclosure.facts_of(row.id, subject_id=row.subject_id)
    )


def silent_agency(row: models.Case) -> str:
    """Return the agency a waiting case waits for: the register that owes its answer, or who is in charge."""
    facts = disclosure.facts_of(row.id, subject_id=row.subject_id) if row.state == CaseState.GATHERING else ()
    owing = (fact for fact in facts if fact.state == disclosure.FactState.ASKED)
    holders = (exchange.data_set(fact.data_set).holder for fact in owing)
    return next(holders, catalogue.pack(row.service_id, row.pack_version).owner)


def count_overdue_cases(*, actor: Actor, at: dt.datetime, most: int) -> int:
    """Return how many cases wait beyond the limit of their state, counted up to `most`.

    Raises `NotFound` for anybody but an operator.
    """
    return access.overdue_cases(actor=actor, at=at)[:most].count()


def is_answered(row: models.Case) -> bool:
    """Whether every page that is asked was sent, whichever was sent last."""
    answers = answers_of(row)
    pages = pages_to_answer(catalogue.pack(row.service_id, row.pack_version), answers)
    return all(field.id in answers for page in pages for field in page.fields)


def pages_to_answer(pack: catalogue.Pack, answers: Mapping[str, str]) -> tuple[catalogue.Page, ...]:
    """Return the form pages these answers lead through, in order."""
    return asked_pages(pack.pages, answers, is_shown=catalogue.is_shown)


def answers_of(row: models.Case) -> dict[str, str]:
    """Return what the person answered, empty before the first page."""
    return _answers(row, sealing.opener(row.subject_id))


def _answers(row: models.Case, open_one: sealing.Opener) -> dict[str, str]:
    if row.sealed_answers is None:
        return {}
    answers: dict[str, Any] = json.loads(open_one("case.answers", row.sealed_answers))
    return {name: str(value) for name, value in answers.items()}


def _summary(row: models.Case) -> CaseSummary:
    return CaseSummary(
        id=row.id,
        tracking_code=row.tracking_code,
        service_id=row.service_id,
        pack_version=row.pack_version,
        state=CaseState(row.state),
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        due_on=row.due_on,
    )


def _facts(row: models.Case, open_one: sealing.Opener) -> tuple[disclosure.Fact, ...]:
    order = [evidence.id for evidence in catalogue.pack(row.service_id, row.pack_version).evidence]
    facts = disclosure.facts_of(row.id, subject_id=row.subject_id, open_one=open_one)
    return tuple(sorted(facts, key=lambda fact: order.index(fact.evidence)))


def _failed_conditions(row: models.Case) -> tuple[str, ...]:
    if row.state != CaseState.REFUSED:
        return ()
    failed = sql.rows(_FAILED_CONDITIONS, [row.id])
    return tuple(condition for (condition,) in failed)
