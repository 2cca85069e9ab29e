"""Do the jobs: several processes, each with a few threads."""

import logging
import os
import select
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from panjereh.domain.upkeep import api as upkeep_room
from panjereh.plumbing import edge, heartbeat
from panjereh.plumbing.crew import Crew
from panjereh.plumbing.job_table import JobTable
from panjereh.plumbing.side_by_side import Alarm, ChildFailed, alarm_on_signals, in_processes
from panjereh.plumbing.upkeep import BEAT_SECONDS, FORGOTTEN_AFTER_SECONDS, Upkeep

# Most of a job is waiting: for a register, the renderer, the database.
THREADS: Final = 4
# One process computes on one core, whatever its threads.
MOST_PROCESSES: Final = 2
# What is due only later is not announced by anybody.
POLL_SECONDS: Final = 1.0
# What is put down within so long after a job is heard of together: hearing of each by itself was a twentieth
# of the worker's time (B-JOURNEY).
REST_SECONDS: Final = 0.04
PROGRAM: Final = "worker"

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        cores = len(os.sched_getaffinity(0))
        parser.add_argument(
            "--processes", type=int, default=min(cores, MOST_PROCESSES), help="how many processes work"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        import_module("panjereh.jobs.tasks")
        log.info("worker starts in profile %s", settings.PANJEREH.profile)
        heartbeat.forget(_state(), PROGRAM)
        try:
            if options["processes"] == 1:
                work(app)
            else:
                in_processes(options["processes"], lambda end: work(app, end=end))
        except (WorkerStopped, ChildFailed, psycopg.Error) as fault:
            # A status of its own, so that whatever watches over the worker starts it again.
            raise CommandError(f"The worker ended: {str(fault).strip()}") from fault


class WorkerStopped(Exception):  # noqa: N818 -- reads as what happened
    """The worker ended though nobody asked it to."""


def work(jobs: App, *, end: int | None = None) -> None:
    """Run jobs until asked to stop by a signal, or by `end` being readable; what is begun is done first.

    A second signal ends the process at once. Raises `WorkerStopped`, or `psycopg.Error`, when the queue is
    lost: what was begun then and could not be ticked off is given back by others, and runs once more.
    """
    with JobTable.opened() as table, alarm_on_signals() as alarm:
        worker_id = table.enter_worker(forget_after_seconds=FORGOTTEN_AFTER_SECONDS)
        upkeep = Upkeep(jobs, table, worker_id=worker_id)
        crew = Crew(jobs, worker_id=worker_id, size=THREADS, on_end=alarm.ring, on_given_up=note_failure)
        table.listen()
        crew.start()
        pulse = heartbeat.Heartbeat(_state(), PROGRAM)
        try:
            _watch(table, upkeep, crew, pulse, [alarm] if end is None else [alarm, end])
        finally:
            _end(crew, upkeep)
        table.leave(worker_id)
        pulse.end()


def note_failure(job: Job, failure: Exception) -> None:
    """Keep the kind of what a job raised that is given up, for the operators' page."""
    assert job.id is not None  # noqa: S101 -- it came from the table
    upkeep_room.note_failure(job.id, error=failure)


def _watch(
    table: JobTable, upkeep: Upkeep, crew: Crew, pulse: heartbeat.Heartbeat, ends: list[Alarm | int]
) -> None:
    """Do the upkeep, and wake the crew for each job that is put down, until asked to stop."""
    while True:
        upkeep.look(time.time())
        pulse.beat(edge.now())
        heard = table.heard()
        crew.ring(heard)
        if heard:
            time.sleep(REST_SECONDS)
        ready, _, _ = select.select([table, *ends], [], [], POLL_SECONDS)
        if crew.fault:
            raise WorkerStopped("it lost its connection to the queue") from crew.fault
        if any(each in ends for each in ready):
            return
        if not ready:
            crew.ring()


def _state() -> Path:
    return Path(settings.PANJEREH.state_directory)


def _end(crew: Crew, upkeep: Upkeep) -> None:
    crew.stop()
    while not crew.has_ended(within_seconds=BEAT_SECONDS):
        # Whether the database hears it or not: what is begun is done.
        with suppress(psycopg.Error):
            upkeep.beat(time.time())
