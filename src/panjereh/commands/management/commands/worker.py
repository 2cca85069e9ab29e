"""Do the jobs: one procrastinate worker."""

import logging
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

CONCURRENCY = 4


class Command(BaseCommand):
    help = "Run jobs until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        import_module("panjereh.jobs.tasks")
        logging.getLogger(__name__).info("worker starts in profile %s", settings.PANJEREH.profile)
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector) as worker_app:
            worker_app.run_worker(
                concurrency=CONCURRENCY, wait=True, listen_notify=True, fetch_job_polling_interval=1.0
            )
