"""The only way to a job in the queue and to a breach, for an operator of the platform."""

import datetime as dt

from procrastinate.contrib.django.models import ProcrastinateJob

from panjereh.domain.people import api as people
from panjereh.domain.upkeep.models import Breach
from panjereh.domain.upkeep.refusals import JobStepImpossible
from panjereh.domain.upkeep.rules.jobs import STATES, JobState
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound


def check_operator(*, actor: Actor, at: dt.datetime) -> None:
    """Let only an operator on who holds the role now. Raises `NotFound`."""
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)


def job_for(job_id: int, *, actor: Actor, at: dt.datetime) -> ProcrastinateJob:
    """Return a job to an operator. Raises `NotFound`, also for one that was done."""
    check_operator(actor=actor, at=at)
    found: ProcrastinateJob | None = ProcrastinateJob.objects.filter(id=job_id, status__in=STATES).first()
    if found is None:
        raise NotFound
    return found


def lock_failed_job(job_id: int, *, actor: Actor, at: dt.datetime) -> ProcrastinateJob:
    """Return a failed job, locked. Raises `NotFound`, and `JobStepImpossible` if it failed no longer."""
    check_operator(actor=actor, at=at)
    rows = ProcrastinateJob.objects.select_for_update(of=("self",))
    found: ProcrastinateJob | None = rows.filter(id=job_id, status__in=STATES).first()
    if found is None:
        raise NotFound
    state = STATES[found.status]
    if state is not JobState.FAILED:
        raise JobStepImpossible(state)
    return found


def breach_for(number: int, *, actor: Actor, at: dt.datetime) -> Breach:
    """Return a breach to an operator. Raises `NotFound`."""
    check_operator(actor=actor, at=at)
    found = Breach.objects.filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def lock_breach(number: int, *, actor: Actor, at: dt.datetime) -> Breach:
    """Return a breach, locked. Raises `NotFound`."""
    check_operator(actor=actor, at=at)
    found = Breach.objects.select_for_update().filter(number=number).first()
    if found is None:
        raise NotFound
    return found
