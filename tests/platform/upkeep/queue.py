"""Jobs in the queue that failed, as the worker leaves them."""

from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from panjereh.plumbing import queue
from tests.platform.people.desk import fresh_id


def make_job(name: str = "casework.decide", *, key: str | None = None, **ids: object) -> int:
    """Put a job down; return its number."""
    with transaction.atomic():
        queue.defer(name, key=key, **(ids or {"case_id": fresh_id()}))
    return ProcrastinateJob.objects.order_by("-id").values_list("id", flat=True)[0]


def set_status(job_id: int, status: str) -> None:
    """Have the worker do something with a job, through the queue's own triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s, attempts = attempts + %s WHERE id = %s",
            [status, int(status == "failed"), job_id],
        )


def make_failed_job(name: str = "casework.decide", *, key: str | None = None, **ids: object) -> int:
    """Put a job down and have it fail for good; return its number."""
    job_id = make_job(name, key=key, **ids)
    set_status(job_id, "doing")
    set_status(job_id, "failed")
    return job_id


def status_of(job_id: int) -> str:
    """Return how the queue has it."""
    return ProcrastinateJob.objects.get(id=job_id).status
