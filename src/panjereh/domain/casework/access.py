"""The only way to a case: absent and not yours are the same answer."""

from uuid import UUID

from django.db.models import QuerySet

from panjereh.domain.casework.models import Case
from panjereh.plumbing import sql
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound

_COLUMNS = tuple(field.attname for field in Case._meta.concrete_fields)  # noqa: SLF001 -- Django's public API
_OWN_CASE = f"SELECT {', '.join(_COLUMNS)} FROM casework_case WHERE id = %s AND subject_id = %s"  # noqa: S608 -- our own columns


def lock_own_case(case_id: UUID, *, actor: Actor) -> Case:
    """Return the actor's case, locked until the transaction ends. Raises `NotFound`."""
    return _own(Case.objects.select_for_update(), case_id, actor)


def own_case(case_id: UUID, *, actor: Actor) -> Case:
    """Return the actor's case for reading. Raises `NotFound`."""
    row = sql.row(_OWN_CASE, [case_id, actor.subject_id]) if actor.subject_id else None
    if row is None:
        raise NotFound
    return Case.from_db("default", _COLUMNS, row)


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
