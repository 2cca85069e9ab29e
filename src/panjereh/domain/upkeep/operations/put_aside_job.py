"""Put a job that failed for good aside: it is never run again."""

import datetime as dt

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.upkeep import access
from panjereh.domain.upkeep.models import JobFailure
from panjereh.domain.upkeep.rules.jobs import PutAsideReason
from panjereh.plumbing import queue
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def put_aside_job(job_id: int, *, reason: PutAsideReason, actor: Actor, at: dt.datetime) -> None:
    """Take a failed job off the list for good; it stays readable, with the reason.

    Of an operator alone: raises `NotFound` for everybody else, and `JobStepImpossible` if somebody did
    something about it before.
    """
    job = access.lock_failed_job(job_id, actor=actor, at=at)
    queue.put_aside(job_id)
    JobFailure.objects.update_or_create(job_id=job_id, defaults={"put_aside_reason": reason})
    facts = {"job": job.task_name, "reason": reason.value}
    audit.record(event="upkeep.job.put_aside", actor=actor, subject=str(job_id), at=at, facts=facts)
