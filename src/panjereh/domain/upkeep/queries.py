"""What an operator reads of jobs: frozen values of ids, instants and codes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Min
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from panjereh.domain.upkeep import access
from panjereh.domain.upkeep.models import JobFailure
from panjereh.domain.upkeep.rules import jobs
from panjereh.domain.upkeep.rules.jobs import JobState
from panjereh_kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that failed for good, or did before it was retried or put aside.

    `arguments` are ids and codes by name, an empty string in place of anything else; `error` is the code of a
    refusal or the class of an error, empty where the queue gave the job up by itself.
    """

    id: int
    name: str
    arguments: dict[str, str]
    attempts: int
    state: JobState
    error: str
    asked_at: dt.datetime | None
    failed_at: dt.datetime | None
    put_aside_reason: str


def failed_jobs(*, actor: Actor, at: dt.datetime, limit: int, before: int | None = None) -> list[FailedJob]:
    """Return jobs that failed for good and wait for an operator, the latest first. Raises `NotFound`."""
    access.check_operator(actor=actor, at=at)
    rows = ProcrastinateJob.objects.filter(status=JobState.FAILED)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _views(list(rows.order_by("-id")[:limit]))


def count_failed_jobs(*, actor: Actor, at: dt.datetime, most: int) -> int:
    """Return how many jobs wait for an operator, counted up to `most`. Raises `NotFound`."""
    access.check_operator(actor=actor, at=at)
    return ProcrastinateJob.objects.filter(status=JobState.FAILED).order_by("id")[:most].count()


def failed_job(job_id: int, *, actor: Actor, at: dt.datetime) -> FailedJob:
    """Return one job. Raises `NotFound`, also for one that was done: nothing is kept of it."""
    return _views([access.job_for(job_id, actor=actor, at=at)])[0]


def _views(rows: Sequence[ProcrastinateJob]) -> list[FailedJob]:
    ids = [row.id for row in rows]
    failures = JobFailure.objects.in_bulk(ids)
    asked, failed = _instants(ids, "deferred", Min("at")), _instants(ids, "failed", Max("at"))
    return [
        FailedJob(
            id=row.id,
            name=row.task_name,
            arguments=jobs.shown_arguments(row.args),
            attempts=row.attempts,
            state=jobs.STATES[row.status],
            error=failures[row.id].error if row.id in failures else "",
            asked_at=asked.get(row.id),
            failed_at=failed.get(row.id),
            put_aside_reason=failures[row.id].put_aside_reason if row.id in failures else "",
        )
        for row in rows
    ]


def _instants(ids: Sequence[int], kind: str, which: Min | Max) -> Mapping[int, dt.datetime]:
    """Return the first or the last instant of one kind of event for each of these jobs."""
    rows = ProcrastinateEvent.objects.filter(job_id__in=ids, type=kind).values_list("job_id")
    return dict(rows.annotate(when=which).order_by("job_id"))
