"""Upkeep of the queue itself."""

from procrastinate.contrib.django import app

STALLED_AFTER_SECONDS = 30


@app.periodic(cron="*/1 * * * *")
@app.task(name="upkeep.retry_stalled", queueing_lock="upkeep.retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate hands the tick in
    """Give jobs back whose worker died in the middle: a killed worker must not lose work."""
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await app.job_manager.retry_job(stalled)
