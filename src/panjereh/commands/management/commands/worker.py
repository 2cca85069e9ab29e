"""Do the jobs: one procrastinate worker."""

import asyncio
import logging
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from procrastinate import App
from procrastinate.contrib.django import app

from panjereh.plumbing import upkeep
from panjereh.plumbing.queue_connections import make_connector

CONCURRENCY = 4


class Command(BaseCommand):
    help = "Run jobs until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        import_module("panjereh.jobs.tasks")
        logging.getLogger(__name__).info("worker starts in profile %s", settings.PANJEREH.profile)
        with app.replace_connector(make_connector()) as worker_app:
            asyncio.run(work(worker_app))


async def work(worker_app: App) -> None:
    """Run jobs, and beside them give back those of workers that died."""
    async with worker_app.open_async():
        watching = asyncio.create_task(upkeep.watch(worker_app))
        try:
            await worker_app.run_worker_async(
                concurrency=CONCURRENCY,
                wait=True,
                listen_notify=True,
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=upkeep.BEAT_SECONDS,
                stalled_worker_timeout=upkeep.FORGOTTEN_AFTER_SECONDS,
            )
        finally:
            watching.cancel()
