"""The only way to a case: absent and not yours are the same answer."""

import datetime as dt
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from panjereh.domain.casework.models import Case
from panjereh.domain.casework.rules.states import RUNNING_STATES, WAITING_STATES, CaseState
from panjereh.domain.people import api as people
from panjereh.plumbing import sql
from panjereh_kernel.actor import Actor, OfficerRole, Role
from panjereh_kernel.refusal import NotFound

_COLUMNS = tuple(field.attname for field in Case._meta.concrete_fields)  # noqa: SLF001 -- Django's public API
_OWN_CASE = f"SELECT {', '.join(_COLUMNS)} FROM casework_case WHERE id = %s AND subject_id = %s"  # noqa: S608 -- our own columns

# What was done to it, newest first, in the same answer: a page of a case always shows both.
_OWN_CASE_WITH_ACTS = f"""
SELECT {", ".join(_COLUMNS)}, (
    SELECT json_agg(json_build_array(event, state, role, at) ORDER BY number DESC)
    FROM (
        SELECT * FROM casework_caseact WHERE case_id = casework_case.id ORDER BY number DESC LIMIT 50
    ) AS act
)
FROM casework_case WHERE id = %s AND subject_id = %s
"""  # noqa: S608 -- our own columns
# `rules.waiting.since` and `rules.waiting.kept`, as the database says them.
_SINCE = Coalesce("decided_at", "submitted_at", "asked_at", "saved_at")
ActRow: TypeAlias = tuple[str, str, str, dt.datetime]


def lock_own_case(case_id: UUID, *, actor: Actor) -> Case:
    """Return the actor's case, locked until the transaction ends. Raises `NotFound`."""
    return _own(Case.objects.select_for_update(), case_id, actor)


def own_case(case_id: UUID, *, actor: Actor) -> Case:
    """Return the actor's case for reading. Raises `NotFound`."""
    row = sql.row(_OWN_CASE, [case_id, actor.subject_id]) if actor.subject_id else None
    if row is None:
        raise NotFound
    return Case.from_db("default", _COLUMNS, row)


def own_case_with_acts(case_id: UUID, *, actor: Actor) -> tuple[Case, list[ActRow]]:
    """Return the actor's case, and event, state, role and instant of its acts, newest first.

    Raises `NotFound`.
    """
    row = sql.row(_OWN_CASE_WITH_ACTS, [case_id, actor.subject_id]) if actor.subject_id else None
    if row is None:
        raise NotFound
    *columns, acts = row
    return Case.from_db("default", _COLUMNS, columns), [
        (event, state, role, dt.datetime.fromisoformat(at).astimezone(dt.UTC))
        for event, state, role, at in acts or []
    ]


def lock_case_for_system(case_id: UUID, *, actor: Actor) -> Case:
    """Return a case for the platform's own jobs, locked. Raises `NotFound` for anybody else."""
    if actor.role is not Role.SYSTEM:
        raise NotFound
    case = sql.find(Case, is_locked=True, id=case_id)
    if case is None:
        raise NotFound
    return case


def lock_cases_under_way(subject_id: UUID, *, actor: Actor) -> list[Case]:
    """Return the cases of a person to which something still has to happen, locked, by id.

    Raises `NotFound` for anybody but the platform itself.
    """
    if actor.role is not Role.SYSTEM:
        raise NotFound
    cases = Case.objects.select_for_update().filter(subject_id=subject_id, state__in=RUNNING_STATES)
    return list(cases.order_by("id"))


def lock_running_cases(*, other_than: str, after: UUID | None, limit: int, actor: Actor) -> list[Case]:
    """Return waiting cases whose limit was counted by another calendar than this version, locked, by id.

    Those somebody else holds are left out. Raises `NotFound` for anybody but the platform itself.
    """
    if actor.role is not Role.SYSTEM:
        raise NotFound
    cases = Case.objects.select_for_update(skip_locked=True).filter(state__in=WAITING_STATES)
    cases = cases.exclude(_by_the_promise(calendar_version=other_than) | _by_itself(waits_version=other_than))
    cases = cases.order_by("id")
    if after is not None:
        cases = cases.filter(id__gt=after)
    return list(cases[:limit])


def lock_waiting_cases(*, due_before: dt.date, after: UUID | None, limit: int, actor: Actor) -> list[Case]:
    """Return waiting cases whose limit ends before a day and was not noted yet, locked, by id.

    Those somebody else holds are left out. Raises `NotFound` for anybody but the platform itself.
    """
    if actor.role is not Role.SYSTEM:
        raise NotFound
    cases = Case.objects.select_for_update(skip_locked=True).filter(state__in=WAITING_STATES)
    cases = cases.filter(_by_the_promise(due_on__lt=due_before) | _by_itself(waits_until__lt=due_before))
    cases = cases.filter(Q(overdue_at=None) | Q(overdue_at__lte=_SINCE)).order_by("id")
    if after is not None:
        cases = cases.filter(id__gt=after)
    return list(cases[:limit])


def overdue_cases(*, actor: Actor, at: dt.datetime) -> QuerySet[Case]:
    """Return the cases that wait beyond the limit of their state. Raises `NotFound` for all but operators."""
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    return Case.objects.filter(state__in=WAITING_STATES, overdue_at__gt=_SINCE).order_by("id")


def _by_the_promise(**said: str | dt.date) -> Q:
    return Q(state=CaseState.SUBMITTED, **said)


def _by_itself(**said: str | dt.date) -> Q:
    return Q(state__in=(CaseState.GATHERING, CaseState.GRANTED), **said)


def _own(cases: QuerySet[Case], case_id: UUID, actor: Actor) -> Case:
    if actor.subject_id is None:
        raise NotFound
    try:
        return cases.get(id=case_id, subject_id=actor.subject_id)
    except Case.DoesNotExist:
        raise NotFound from None
