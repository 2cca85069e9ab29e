"""Keep why a job failed for good: the queue itself keeps only that it did."""

from django.db import transaction

from panjereh.domain.upkeep.models import JobFailure
from panjereh.domain.upkeep.rules import jobs


@transaction.atomic(durable=True)
def note_failure(job_id: int, *, error: BaseException) -> None:
    """Keep the kind of an error, by the worker, for a job that will not be tried again by itself.

    Never its text: that may hold anything. Repeating it keeps the last.
    """
    JobFailure.objects.update_or_create(job_id=job_id, defaults={"error": jobs.code_of(error)})
