"""The threads of a worker: each takes a job, does it, ticks it off, and takes the next.

A thread that finds none sleeps until it is rung for. Each has a connection of its own to the queue, and
Django's for what the job does.
"""

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

from django.db import close_old_connections, connections
from procrastinate import App
from procrastinate.exceptions import TaskNotFound
from procrastinate.jobs import Job, Status
from procrastinate.retry import RetryDecision

from panjereh.plumbing.job_table import JobNotInHand, JobTable

log = logging.getLogger(__name__)

GivenUp: TypeAlias = Callable[[Job, Exception], None]


class Crew:
    """`size` threads that work until told to stop, or until one of them loses the queue: `fault` is why.

    `on_end` is called by each thread as it ends, `on_given_up` for a job that will not be tried again by
    itself, with what it raised, before it is written down as failed.
    """

    def __init__(
        self, app: App, *, worker_id: int, size: int, on_end: Callable[[], None], on_given_up: GivenUp
    ) -> None:
        self.fault: Exception | None = None
        self._app = app
        self._on_given_up = on_given_up
        self._worker_id = worker_id
        self._on_end = on_end
        self._is_stopping = threading.Event()
        # As many rings are remembered as there are threads: who is awake looks again before it sleeps.
        self._bell: queue.Queue[None] = queue.Queue(maxsize=size)
        self._threads = [threading.Thread(target=self._run, name=f"jobs-{each}") for each in range(size)]

    def start(self) -> None:
        """Have every thread look for jobs."""
        for thread in self._threads:
            thread.start()

    def ring(self, times: int = 1) -> None:
        """Wake as many threads: so many jobs may have come."""
        with suppress(queue.Full):
            for _ in range(times):
                self._bell.put_nowait(None)

    def stop(self) -> None:
        """Have every thread end when it has done what it has in hand."""
        self._is_stopping.set()
        self.ring(len(self._threads))

    def has_ended(self, *, within_seconds: float) -> bool:
        """Wait for the threads to end, at most so long, and return whether all have."""
        for thread in self._threads:
            thread.join(within_seconds)
            if thread.is_alive():
                return False
        return True

    def _run(self) -> None:
        try:
            with JobTable.opened() as table:
                self._work(table)
        except Exception as fault:  # noqa: BLE001 -- the boundary of the thread: whoever watches over it raises
            self.fault = fault
        finally:
            connections.close_all()
            self._on_end()

    def _work(self, table: JobTable) -> None:
        was_asleep = False
        while not self._is_stopping.is_set():
            job = table.fetch(self._worker_id)
            if job is None:
                self._bell.get()
                was_asleep = True
                continue
            if was_asleep:
                # There may be more than the one job for which this thread was woken.
                self.ring()
                was_asleep = False
            perform(self._app, table, job, on_given_up=self._on_given_up)


def perform(app: App, table: JobTable, job: Job, *, on_given_up: GivenUp) -> None:
    """Do a job in hand and write down how it ended. Raises `psycopg.Error` when the queue is lost."""
    outcome = _do(app, job, on_given_up)
    try:
        if isinstance(outcome, RetryDecision):
            table.retry(job, outcome)
        else:
            table.finish(job, outcome)
    except JobNotInHand:
        log.warning("job %s (%s) was given back while it ran", job.id, job.task_name)


def _do(app: App, job: Job, on_given_up: GivenUp) -> Status | RetryDecision:
    """Return how the job ended, or when to try again. What it raises is logged and goes no further."""
    task = app.tasks.get(job.task_name)
    try:
        # A connection that died while nobody used it is replaced.
        close_old_connections()
        if task is None:
            raise TaskNotFound  # noqa: TRY301 -- told like any other failure
        task(**job.task_kwargs)
    except Exception as failure:
        again = task.get_retry_exception(exception=failure, job=job) if task else None
        if again is None:
            log.exception("job %s (%s) failed for good", job.id, job.task_name)
            on_given_up(job, failure)
            return Status.FAILED
        log.info("job %s (%s) is tried again after %s", job.id, job.task_name, type(failure).__name__)
        return again.retry_decision
    else:
        return Status.SUCCEEDED
    finally:
        close_old_connections()
