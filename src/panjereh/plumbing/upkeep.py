"""Upkeep of the queue itself: work that a killed worker had in hand is given back within seconds.

This runs beside the jobs of every worker and is none itself: as a job it could be lost with the worker that
had it, and would add a row to the table at every look.
"""

import asyncio
import logging
from typing import Final

from procrastinate import App, exceptions, jobs

log = logging.getLogger(__name__)

# A person looks at a waiting page meanwhile. Four beats must be missed, so that a worker on a busy machine is
# not taken for dead; if it is all the same, its jobs run twice, which every operation bears.
BEAT_SECONDS: Final = 3.0
DEAD_AFTER_SECONDS: Final = 12.0
# Its row is kept longer: a worker that was only frozen goes on when it thaws, and without its row could not.
FORGOTTEN_AFTER_SECONDS: Final = 3600.0


async def watch(app: App) -> None:
    """Give back the jobs of dead workers, at the start and at every beat, until cancelled."""
    while True:
        try:
            await give_back(app)
        except exceptions.ConnectorException:
            # The worker itself ends when the database is gone; a look that failed is no reason of its own.
            log.warning("could not look for jobs of dead workers", exc_info=True)
        await asyncio.sleep(BEAT_SECONDS)


async def give_back(app: App) -> int:
    """Put the jobs of workers that stopped beating back into the queue. Return how many there were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS))
    for job in stalled:
        log.warning("job %s (%s) is given back: its worker is dead", job.id, job.task_name)
        await _give_back(app, job)
    return len(stalled)


async def _give_back(app: App, job: jobs.Job) -> None:
    try:
        await app.job_manager.retry_job(job)
    except exceptions.UniqueViolation:
        # The same work waits already, put there by a sweep: that one does it.
        await app.job_manager.finish_job(job, status=jobs.Status.ABORTED, delete_job=False)
