"""Make an installation from a bundle: `panjereh restore --from BUNDLE --into DIR`."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.commands.bundles import agreement, making, restoring
from panjereh.commands.bundles.postgresql import Programs, server_user
from panjereh.commands.bundles.refusal import BundleRefused
from panjereh.plumbing.edge import now
from panjereh_tlog.notes import Signer


class Command(BaseCommand):
    help = (
        "Restore a bundle into a folder that is not there yet, erase again who was erased, and see that "
        "database, log and published checkpoints agree. The programs do not run meanwhile; keys are in place."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="bundle", type=Path, required=True, help="what `backup --to` made")
        parser.add_argument("--into", type=Path, required=True, help="a folder that is not there yet")
        parser.add_argument("--wal", type=Path, help="the archive of the server's log")
        parser.add_argument(
            "--until", type=dt.datetime.fromisoformat, help="the moment, with its offset from UTC"
        )
        parser.add_argument(
            "--checkpoints", type=Path,
            help="the published checkpoints that are left; by default those in the configured folder",
        )  # fmt: skip
        parser.add_argument(
            "--erasures", type=Path, help="the list of erasures that is left; by default as above"
        )
        parser.add_argument(
            "--new-record", action="store_true",
            help="acts are lost for good: begin a record of what is left, under a new audit key",
        )  # fmt: skip
        parser.add_argument("--as", dest="user", help="as root: the user PostgreSQL runs as (postgres)")
        parser.add_argument("--programs", type=Path, help="the folder of PostgreSQL's programs")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        begun, until = now(), options["until"]
        if until is not None and until.tzinfo is None:
            raise CommandError("--until needs its offset from UTC, such as 2026-11-22T09:30:00+03:30")
        wanted = restoring.Wanted(bundle=options["bundle"], archive=options["wal"], until=until)
        try:
            programs = Programs.found(options["programs"], user=server_user(options["user"]))
            restoring.read_bundle(wanted, programs=programs)
            with (
                making.put_whole(options["into"]) as passing,
                restoring.recovered(wanted, passing, programs=programs) as socket,
            ):
                files = passing / making.FILES
                _bring_erasures(files, options["erasures"])
                if options["new_record"]:
                    _set_record_aside(files)
                else:
                    _bring_checkpoints(files, options["checkpoints"])
                agreed = self._agree(socket, files)
        except BundleRefused as refused:
            raise CommandError(str(refused)) from refused
        at = agreed.checkpoint_at.isoformat() if agreed.checkpoint_at else "never"
        self.stdout.write(
            f"OK leaves {agreed.size} checkpoint {at} in {(now() - begun).total_seconds():.0f} s"
        )
        self.stdout.write(f"database folder: {options['into'] / making.CLUSTER}")
        self.stdout.write(f"PANJEREH_AUDIT_LOG_DIRECTORY={options['into'] / making.FILES / making.LOG}")
        self.stdout.write(
            f"PANJEREH_AUDIT_CHECKPOINT_DIRECTORY={options['into'] / making.FILES / making.CHECKPOINTS}"
        )

    def _agree(self, socket: Path, files: Path) -> agreement.Agreed:
        signer = Signer.parse(settings.PANJEREH.audit_key_file.read_text(encoding="utf-8"))
        erasures = files / making.ERASURES

        def erase_again() -> None:
            # Who signed out, or was locked out, after that moment must not be signed in again.
            Session.objects.all().delete()
            if erasures.exists():
                call_command("erase", "--replay", str(erasures), stdout=self.stdout)

        with agreement.pointed_at(socket):
            return agreement.agree(files, signer=signer, erase_again=erase_again, clock=now)


def _bring_checkpoints(files: Path, given: Path | None) -> None:
    """Put what outlived the loss in place of the older copy: the later word decides."""
    left = given or settings.PANJEREH.audit_checkpoint_directory
    if given is not None or (left.is_dir() and any(left.iterdir())):
        shutil.rmtree(files / making.CHECKPOINTS, ignore_errors=True)
        shutil.copytree(left, files / making.CHECKPOINTS)


def _set_record_aside(files: Path) -> None:
    for name in (making.LOG, making.CHECKPOINTS):
        (files / name).rename(files / f"{name}-before")


def _bring_erasures(files: Path, given: Path | None) -> None:
    """Put the orders that outlived the loss beside those of the bundle."""
    left, own = given or settings.PANJEREH.state_directory / making.ERASURES, files / making.ERASURES
    orders = [
        order
        for path in (own, left)
        if path == given or path.exists()
        for order in path.read_text(encoding="utf-8").splitlines()
    ]
    if orders:
        own.write_text("".join(f"{order}\n" for order in dict.fromkeys(orders)), encoding="utf-8")
