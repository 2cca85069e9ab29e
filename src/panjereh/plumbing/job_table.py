"""The worker's side of procrastinate's tables: one connection, one round trip for each thing it says.

The statements are the library's own, by their names in `procrastinate.sql` as of 3.10; its methods that send
them exist for an event loop only, see ADR 0010. A test holds their text. Nothing here asks a running job to
abort: the platform never does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.db import connections
from procrastinate.contrib.django.utils import connector_params
from procrastinate.jobs import Job, Status
from procrastinate.periodic import TaskAtTime
from procrastinate.retry import RetryDecision
from procrastinate.sql import queries
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from panjereh.plumbing.postgresql.connection import patient

CHANNEL: Final = "procrastinate_any_queue_v1"


class JobNotInHand(Exception):  # noqa: N818 -- reads as what happened
    """The job was given back meanwhile: this worker had been taken for dead."""


class JobTable:
    """What one worker, or one of its threads, says to the queue. Every method may raise `psycopg.Error`."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator["JobTable"]:
        """Yield a table on a connection of its own, apart from Django's, while the block runs."""
        patience = connections["default"].settings_dict["OPTIONS"].get("patience")
        kind: type[psycopg.Connection[Any]] = patient(patience) if patience else psycopg.Connection
        with kind.connect(**connector_params(), autocommit=True) as connection:
            # That a job was taken, or is done, need not outlive a fall of the database: the job then runs
            # once more, which every operation bears. What operations themselves write is as durable as ever.
            connection.execute("SET synchronous_commit = off")
            yield cls(connection)

    def enter_worker(self, *, forget_after_seconds: float) -> int:
        """Write a new worker down and return its number; forget those that were silent for so long."""
        self._one(queries["prune_stalled_workers"], seconds_since_heartbeat=forget_after_seconds)
        return int(self._one(queries["register_worker"])["worker_id"])

    def beat(self, worker_id: int) -> None:
        """Say that a worker lives."""
        self._one(queries["update_heartbeat"], worker_id=worker_id)

    def leave(self, worker_id: int) -> None:
        """Strike a worker that ends out."""
        self._one(queries["unregister_worker"], worker_id=worker_id)

    def fetch(self, worker_id: int) -> Job | None:
        """Take the next job that is due, None when there is none."""
        row = self._one(queries["fetch_job"], queues=None, worker_id=worker_id)
        return None if row["id"] is None else Job.from_row(row)

    def finish(self, job: Job, status: Status) -> None:
        """Tick a job off; one that succeeded is deleted: what it wrote tells of it. Raises `JobNotInHand`."""
        is_deleted = status is Status.SUCCEEDED
        self._in_hand(queries["finish_job"], job_id=job.id, status=status.value, delete_job=is_deleted)

    def retry(self, job: Job, decision: RetryDecision) -> None:
        """Put a job in hand back into the queue, to be run when decided. Raises `JobNotInHand`.

        If the same work waits already, put there by somebody else meanwhile, that one does it.
        """
        try:
            self._in_hand(
                queries["retry_job"],
                job_id=job.id,
                retry_at=decision.retry_at,
                new_priority=decision.priority,
                new_queue_name=decision.queue,
                new_lock=decision.lock,
            )
        except psycopg.errors.UniqueViolation:
            self.finish(job, Status.ABORTED)

    def stalled_jobs(self, *, dead_after_seconds: float) -> list[Job]:
        """Return the jobs in hand of workers that did not beat for so long."""
        values = {"queue": None, "task_name": None, "seconds_since_heartbeat": dead_after_seconds}
        with self._connection.cursor(row_factory=dict_row) as cursor:
            found = cursor.execute(queries["select_stalled_jobs_by_heartbeat"], values).fetchall()
        return [Job.from_row(row) for row in found]

    def defer_periodic(self, due: TaskAtTime) -> int | None:
        """Enqueue the job of one tick and return its number; None when another worker did before."""
        periodic, timestamp = due
        task = periodic.task
        row = self._one(
            queries["defer_periodic_job"],
            queue=task.queue,
            lock=task.lock,
            queueing_lock=task.queueing_lock,
            task_name=task.name,
            priority=task.priority,
            periodic_id=periodic.periodic_id,
            defer_timestamp=timestamp,
            args=Jsonb({"timestamp": timestamp}),
        )
        number: int | None = row["id"]
        return number

    def listen(self) -> None:
        """Have the database say from now on when a job is put down."""
        self._connection.execute(queries["listen_queue"].format(channel_name=CHANNEL))

    def heard(self) -> int:
        """Return how many jobs were put down since the last look; waits for none."""
        return sum(1 for _ in self._connection.notifies(timeout=0))

    def fileno(self) -> int:
        """Return what `select` waits on: readable when there may be something to hear."""
        return self._connection.fileno()

    def _one(self, statement: str, **values: object) -> dict[str, Any]:
        with self._connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(statement, values).fetchone() or {}

    def _in_hand(self, statement: str, **values: object) -> None:
        try:
            self._connection.execute(statement, values)
        except psycopg.errors.RaiseException as refusal:
            # The only thing these functions raise.
            raise JobNotInHand(str(values["job_id"])) from refusal
