"""The only way to a case: absent and not yours are the same answer."""

from uuid import UUID

from django.db.models import QuerySet

from panjereh.domain.casework.models import Case
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound


def lock_own_case(case_id: UUID, *, actor: Actor) -> Case:
    """Return the actor's case, locked until the transaction ends. Raises `NotFound`."""
    return _own(Case.objects.select_for_update(), case_id, actor)


def own_case(case_id: UUID, *, actor: Actor) -> Case:
    """Return the actor's case for reading. Raises `NotFound`."""
    return _own(Case.objects.all(), case_id, actor)


def lock_case_for_system(case_id: UUID, *, actor: Actor) -> Case:
    """Return a case for the platform's own jobs, locked. Raises `NotFound` for anybody else."""
    if actor.role is not Role.SYSTEM:
        raise NotFound
    try:
        return Case.objects.select_for_update().get(id=case_id)
    except Case.DoesNotExist:
        raise NotFound from None


def _own(cases: QuerySet[Case], case_id: UUID, actor: Actor) -> Case:
    if actor.subject_id is None:
        raise NotFound
    try:
        return cases.get(id=case_id, subject_id=actor.subject_id)
    except Case.DoesNotExist:
        raise NotFound from None
