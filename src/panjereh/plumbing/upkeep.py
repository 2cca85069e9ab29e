"""What a worker does beside its jobs: it beats, puts periodic jobs down, and gives back what the dead had.

None of it is a job itself: as a job it could be lost with the worker that had it, and would add a row to the
table at every look.
"""

import logging
from typing import Final

from procrastinate import App
from procrastinate.periodic import MARGIN, PeriodicDeferrer
from procrastinate.retry import RetryDecision

from panjereh.plumbing.job_table import JobNotInHand, JobTable

log = logging.getLogger(__name__)

# A person looks at a waiting page meanwhile. Four beats must be missed, so that a worker on a busy machine is
# not taken for dead; if it is all the same, its jobs run twice, which every operation bears.
BEAT_SECONDS: Final = 3.0
DEAD_AFTER_SECONDS: Final = 12.0
# Its row is kept longer: a worker that was only frozen goes on when it thaws, and without its row could not.
FORGOTTEN_AFTER_SECONDS: Final = 3600.0


class Upkeep:
    """The upkeep of one worker, looked after now and then. The library says which tick is due."""

    def __init__(self, app: App, table: JobTable, *, worker_id: int) -> None:
        self._table = table
        self._worker_id = worker_id
        self._deferrer = PeriodicDeferrer(registry=app.periodic_registry, **app.periodic_defaults)
        self._beats_at = self._ticks_at = 0.0

    def look(self, now: float) -> None:
        """Do what is due at `now`, in seconds since 1970. Raises `psycopg.Error`, the queue being away."""
        if now < self._beats_at - BEAT_SECONDS:
            # The clock was put back: beating is not to wait until it has caught up.
            self._beats_at = self._ticks_at = now
        if now >= self._beats_at:
            self.beat(now)
            give_back(self._table)
        if self._deferrer.registry.periodic_tasks and now >= self._ticks_at:
            for due in self._deferrer.get_previous_tasks(at=now):
                self._table.defer_periodic(due)
            self._ticks_at = now + self._deferrer.get_next_tick(at=now) + MARGIN

    def beat(self, now: float) -> None:
        """Only say that this worker lives: it is ending, and still has jobs in hand."""
        self._table.beat(self._worker_id)
        self._beats_at = now + BEAT_SECONDS


def give_back(table: JobTable) -> int:
    """Put the jobs of workers that stopped beating back into the queue. Return how many there were."""
    stalled = table.stalled_jobs(dead_after_seconds=DEAD_AFTER_SECONDS)
    for job in stalled:
        log.warning("job %s (%s) is given back: its worker is dead", job.id, job.task_name)
        try:
            table.retry(job, RetryDecision())
        except JobNotInHand:
            # Another worker looked at the same moment.
            continue
    return len(stalled)
