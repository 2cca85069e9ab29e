"""Do the jobs: one procrastinate worker."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from panjereh.plumbing import upkeep
from panjereh.plumbing.queue_connections import make_connector

CONCURRENCY = 4


class Command(BaseCommand):
    help = "Run jobs until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        import_module("panjereh.jobs.tasks")
        logging.getLogger(__name__).info("worker starts in profile %s", settings.PANJEREH.profile)
        with app.replace_connector(make_connector()) as worker_app:
            try:
                asyncio.run(work(worker_app))
            except (WorkerStopped, ConnectorException) as fault:
                # A status of its own, so that whatever watches over the worker starts it again.
                raise CommandError(f"The worker ended: {str(fault).strip()}") from fault


class WorkerStopped(Exception):  # noqa: N818 -- reads as what happened
    """The worker ended though nobody asked it to."""


async def work(worker_app: App) -> None:
    """Run jobs, and beside them give back those of workers that died, until asked to stop by a signal.

    Raises `WorkerStopped` when the queue ends by itself, as procrastinate's does without a word when one of
    its connections is lost, and its `ConnectorException`.
    """
    async with worker_app.open_async():
        watching = asyncio.create_task(upkeep.watch(worker_app))
        working = asyncio.create_task(
            worker_app.run_worker_async(
                concurrency=CONCURRENCY,
                wait=True,
                listen_notify=True,
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=upkeep.BEAT_SECONDS,
                stalled_worker_timeout=upkeep.FORGOTTEN_AFTER_SECONDS,
                install_signal_handlers=False,
            )
        )
        try:
            with _cancelled_by_signals(working) as asked, suppress(asyncio.CancelledError):
                await working
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
        if asked.is_set():
            return
        raise WorkerStopped("it lost its connection to the queue")


@contextmanager
def _cancelled_by_signals(task: "asyncio.Task[None]") -> Iterator[asyncio.Event]:
    """Have the first signal set the event and end a task in good order; a second one ends the process."""
    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    numbers = (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        for number in numbers:
            loop.remove_signal_handler(number)
        asked.set()
        task.cancel()

    for number in numbers:
        loop.add_signal_handler(number, stop)
    try:
        yield asked
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
