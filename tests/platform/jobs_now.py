"""Run waiting jobs here and now, in the test's own transaction, as the worker would."""

import json

from django.db import connection
from procrastinate.contrib.django import app

import panjereh.jobs.tasks  # noqa: F401 -- registers every job


def run_waiting_jobs(*, limit: int = 200) -> int:
    """Run jobs in order until none waits. A job that raises is left waiting and its error is raised."""
    for count in range(limit):
        job = _next_job()
        if job is None:
            return count
        job_id, name, arguments = job
        app.tasks[name].func(**arguments)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job_id])
    raise AssertionError(f"more than {limit} jobs: they make each other")


def _next_job() -> tuple[int, str, dict[str, object]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0], row[1], json.loads(row[2]) if isinstance(row[2], str) else row[2]
