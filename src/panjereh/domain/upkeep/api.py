"""The door of the upkeep: failed jobs, signs of intrusion and breaches, for operators of the platform.

Operations: `retry_job`, `put_aside_job`, `record_breach`, `settle_notice` and `close_breach`, by an operator;
`note_failure` and `note_rules`, by the worker; `note_sign`, by whoever answers requests. The rest reads. A
job is named by its number in the queue. What is told of it are ids and codes, never the text of an error.
"""

from panjereh.domain.upkeep.models import MOST_LETTERS
from panjereh.domain.upkeep.operations.close_breach import close_breach
from panjereh.domain.upkeep.operations.note_failure import note_failure
from panjereh.domain.upkeep.operations.note_rules import note_rules
from panjereh.domain.upkeep.operations.note_sign import note_sign
from panjereh.domain.upkeep.operations.put_aside_job import put_aside_job
from panjereh.domain.upkeep.operations.record_breach import record_breach
from panjereh.domain.upkeep.operations.retry_job import retry_job
from panjereh.domain.upkeep.operations.settle_notice import settle_notice
from panjereh.domain.upkeep.queries import FailedJob, count_failed_jobs, failed_job, failed_jobs
from panjereh.domain.upkeep.refusals import (
    BreachClosed,
    BreachTimeWrong,
    JobStepImpossible,
    JobWaitsAlready,
    NoticeSettled,
    NoticesOpen,
)
from panjereh.domain.upkeep.rules.breaches import WITHIN, Exposure, Outcome, Whom
from panjereh.domain.upkeep.rules.jobs import JobState, PutAsideReason
from panjereh.domain.upkeep.rules.signs import Sign
from panjereh.domain.upkeep.watching import (
    PERIODS,
    BreachView,
    NoticeView,
    SignView,
    breach,
    breaches,
    count_due_notices,
    count_signs,
    latest_signs,
)

__all__ = [
    "MOST_LETTERS",
    "PERIODS",
    "WITHIN",
    "BreachClosed",
    "BreachTimeWrong",
    "BreachView",
    "Exposure",
    "FailedJob",
    "JobState",
    "JobStepImpossible",
    "JobWaitsAlready",
    "NoticeSettled",
    "NoticeView",
    "NoticesOpen",
    "Outcome",
    "PutAsideReason",
    "Sign",
    "SignView",
    "Whom",
    "breach",
    "breaches",
    "close_breach",
    "count_due_notices",
    "count_failed_jobs",
    "count_signs",
    "failed_job",
    "failed_jobs",
    "latest_signs",
    "note_failure",
    "note_rules",
    "note_sign",
    "put_aside_job",
    "record_breach",
    "retry_job",
    "settle_notice",
]
