"""The door of the upkeep: jobs that failed for good, for officers who are operators of the platform.

Operations: `retry_job` and `put_aside_job`, by an operator; `note_failure` and `note_rules`, by the worker.
The rest reads. A job is named by its number in the queue. What is told of it are ids and codes, never the
text of an error.
"""

from panjereh.domain.upkeep.operations.note_failure import note_failure
from panjereh.domain.upkeep.operations.note_rules import note_rules
from panjereh.domain.upkeep.operations.put_aside_job import put_aside_job
from panjereh.domain.upkeep.operations.retry_job import retry_job
from panjereh.domain.upkeep.queries import FailedJob, count_failed_jobs, failed_job, failed_jobs
from panjereh.domain.upkeep.refusals import JobStepImpossible, JobWaitsAlready
from panjereh.domain.upkeep.rules.jobs import JobState, PutAsideReason

__all__ = [
    "FailedJob",
    "JobState",
    "JobStepImpossible",
    "JobWaitsAlready",
    "PutAsideReason",
    "count_failed_jobs",
    "failed_job",
    "failed_jobs",
    "note_failure",
    "note_rules",
    "put_aside_job",
    "retry_job",
]
