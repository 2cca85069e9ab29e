"""Serve the pages: granian on WSGI."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces

# Two threads a worker: more make the queueing unfair (measured), fewer starve a page that waits for a job.
WORKERS = 2
THREADS = 4


class Command(BaseCommand):
    help = "Serve the platform's pages."

    def handle(self, *_args: Any, **_options: Any) -> None:
        host, _, port = settings.PANJEREH.listen.rpartition(":")
        Granian(
            "panjereh.config.wsgi:application",
            address=host,
            port=int(port),
            interface=Interfaces.WSGI,
            workers=WORKERS,
            blocking_threads=THREADS,
            # One of them may die, of memory say, while the other goes on serving.
            respawn_failed_workers=True,
            log_access=False,
            log_dictconfig=settings.LOGGING,
        ).serve()
