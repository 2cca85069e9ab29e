"""Rows of the queue as tests write and read them."""

from django.db import connection


def worker(*, silent_for: float) -> int:
    """Write a worker down that beat last so many seconds ago."""
    return insert(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
        " RETURNING id",
        silent_for,
    )


def job_in_hand(*, of: int | None, lock: str | None = None) -> int:
    """Write a job down that a worker took."""
    return make_job(status="doing", lock=lock, worker_id=of)


def make_job(*, status: str, lock: str | None = None, worker_id: int | None = None) -> int:
    """Write a job down."""
    return insert(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, status, queueing_lock, worker_id)"
        " VALUES ('disclosure.fetch', 'default', %s::procrastinate_job_status, %s, %s) RETURNING id",
        status,
        lock,
        worker_id,
    )


def status_of(job: int) -> str:
    """Return where a job stands, `deleted` when it is nowhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        row = cursor.fetchone()
    return row[0] if row else "deleted"


def insert(statement: str, *values: object) -> int:
    """Insert a row and return its id."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
