"""Put the record in order: place leaves, write the log, publish checkpoints, count figures."""

import datetime as dt
import logging
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from panjereh.domain.audit import api as audit
from panjereh.domain.figures import api as figures
from panjereh.plumbing import edge, heartbeat
from panjereh_kernel.refusal import Refusal
from panjereh_tlog.directory import LogError, TileLog
from panjereh_tlog.notes import Signer

log = logging.getLogger(__name__)
SECONDS: Final = 1.0
HEARTBEAT: Final = "sequencer.heartbeat"


class Command(BaseCommand):
    help = "Sequence the audit record until stopped. One process: the log's lock keeps a second one out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that waits, then stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        stopped = threading.Event()
        if not options["once"]:
            _stop_on_signals(stopped)
        try:
            _work(stopped, is_once=options["once"])
        except (Refusal, LogError) as error:
            # Going on could only make it worse: whoever keeps the process running sees it end, and why.
            raise CommandError(f"STOPPED {error.code} {error}", returncode=1) from error
        finally:
            connections.close_all()
        log.info("sequencer stops")


def _work(stopped: threading.Event, *, is_once: bool) -> None:
    signer = Signer.parse(settings.PANJEREH.audit_key_file.read_text(encoding="utf-8"))
    with TileLog.open(settings.PANJEREH.audit_log_directory, signer=signer, origin=signer.name) as tile_log:
        log.info("sequencer starts at size %s", tile_log.size)
        while True:
            work_off(tile_log, signer)
            _beat(edge.now())
            if is_once or stopped.wait(SECONDS):
                break


def work_off(tile_log: TileLog, signer: Signer) -> None:
    """Do everything that waits, in the order in which a kill loses and doubles nothing."""
    # What was placed and not written; it also holds the log against the database before anything is placed.
    audit.write_log(tile_log)
    while audit.sequence_leaves(at=edge.now()):
        pass
    audit.write_log(tile_log)
    audit.publish_checkpoint(
        tile_log,
        verifier=signer.verifier(),
        directory=settings.PANJEREH.audit_checkpoint_directory,
        at=edge.now(),
    )
    definitions = figures.read_definitions(Path(settings.PANJEREH.data_directory) / "figures")
    for definition in definitions.values():
        while figures.roll_up(definition, at=edge.now()):
            pass


def _stop_on_signals(stopped: threading.Event) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _beat(at: dt.datetime) -> None:
    """Leave the time of the last finished round where a supervisor looks for it."""
    heartbeat.write(Path(settings.PANJEREH.state_directory) / HEARTBEAT, at)
