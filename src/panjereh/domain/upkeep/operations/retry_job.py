"""Run a job that failed for good once more."""

import datetime as dt

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.upkeep import access
from panjereh.domain.upkeep.models import JobFailure
from panjereh.domain.upkeep.refusals import JobWaitsAlready
from panjereh.plumbing import queue
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def retry_job(job_id: int, *, actor: Actor, at: dt.datetime) -> None:
    """Put a failed job back into the queue. If it fails once more, it is given up at once and shown again.

    Of an operator alone: raises `NotFound` for everybody else, `JobStepImpossible` if somebody did something
    about it before, and `JobWaitsAlready` if the same work waits in another job.
    """
    job = access.lock_failed_job(job_id, actor=actor, at=at)
    JobFailure.objects.filter(job_id=job_id).delete()
    if not queue.run_again(job_id, at=at):
        raise JobWaitsAlready
    audit.record(
        event="upkeep.job.retried", actor=actor, subject=str(job_id), at=at, facts={"job": job.task_name}
    )
