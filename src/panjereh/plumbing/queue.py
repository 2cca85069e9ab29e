"""Put work off until after the transaction, by name: rooms do not know the jobs above them."""

import datetime as dt
import json
from collections.abc import Mapping
from uuid import UUID

from django.db import connection, transaction
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import DEFAULT_QUEUE

from panjereh.plumbing import sql

# An app of our own for putting jobs down, always on Django's connection. The worker gives procrastinate's own
# app a connector that knows nothing of our transactions: a job made inside a job would be seen before, or
# without, the change it belongs to.
_jobs = App(connector=DjangoConnector())
# The library's way raises for the second; to go on in the same transaction would need a savepoint each time.
_PUT_DOWN_ONCE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args) VALUES (%s, %s, %s, %s)
ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
"""
_PUT_DOWN = "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES (%s, %s, %s)"
_PUT_DOWN_FOR_LATER = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at)
VALUES (%s, %s, %s, now() + make_interval(secs => %s)) RETURNING id
"""
_WITHDRAW = "DELETE FROM procrastinate_jobs WHERE id = %s AND status = 'todo'"


def defer(name: str, *, key: str | None = None, **ids: UUID | str | int) -> None:
    """Enqueue the job `name` inside the caller's transaction; a rollback takes it along.

    With `key`, a job with the same key that still waits is enough: the second is not made.
    """
    arguments = _arguments(ids)
    if key is None:
        sql.do(_PUT_DOWN, [DEFAULT_QUEUE, name, arguments])
    else:
        sql.do(_PUT_DOWN_ONCE, [DEFAULT_QUEUE, name, f"{name}:{key}", arguments])


def defer_later(name: str, *, seconds: int, **ids: UUID | str | int) -> int:
    """Enqueue the job `name` as `defer` does, to be run after so many seconds; return its number."""
    row = sql.row(_PUT_DOWN_FOR_LATER, [DEFAULT_QUEUE, name, _arguments(ids), seconds])
    assert row  # noqa: S101 -- an insert answers or raises
    return int(row[0])


def withdraw(job_id: int) -> None:
    """Remove a job that nobody has begun: its work was done elsewhere. One that was begun goes on."""
    sql.do(_WITHDRAW, [job_id])


def run_again(job_id: int, *, at: dt.datetime) -> bool:
    """Put a job that failed for good back into the queue, inside the caller's transaction.

    Tell whether that was done: it is not where a job with the same key waits, which does the same work.
    """
    try:
        with transaction.atomic():
            _jobs.job_manager.retry_job_by_id(job_id, retry_at=at)
    except UniqueViolation:
        return False
    with connection.cursor() as cursor:
        # The library counts an attempt for putting the job back, and another for what comes of it.
        cursor.execute("UPDATE procrastinate_jobs SET attempts = attempts - 1 WHERE id = %s", [job_id])
    return True


def put_aside(job_id: int) -> None:
    """Have a job that failed for good never run again; its row stays."""
    with connection.cursor() as cursor:
        # The library ends only jobs that still wait.
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s AND status = 'failed'", [job_id]
        )


def _arguments(ids: Mapping[str, UUID | str | int]) -> str:
    return json.dumps(
        {field: value if isinstance(value, int) else str(value) for field, value in ids.items()}
    )
