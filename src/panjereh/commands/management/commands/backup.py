"""Copy the installation while it runs: `panjereh backup --to DIR`, its keys apart: `--keys-to DIR`."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.recorder import MigrationRecorder

from panjereh.commands.bundles import making
from panjereh.commands.bundles.copying import digest
from panjereh.commands.bundles.manifest import MANIFEST
from panjereh.commands.bundles.postgresql import Programs
from panjereh.commands.bundles.refusal import BundleRefused
from panjereh.domain.audit import api as audit
from panjereh.plumbing.edge import now


class Command(BaseCommand):
    help = (
        "Make a bundle of the database server, the audit log, its checkpoints and the list of erasures: "
        "whole or not at all, while everything runs; and another one of the keys."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, help="a folder that is not there yet")
        parser.add_argument("--keys-to", type=Path, help="the keys: another folder, best on another machine")
        parser.add_argument(
            "--also", action="append", default=[], metavar="NAME=DIR",
            help="a folder of another program of this machine, such as the state of a node",
        )  # fmt: skip
        parser.add_argument(
            "--also-keys", action="append", default=[], metavar="NAME=PATH",
            help="with --keys-to: keys of another program, a file or a folder",
        )  # fmt: skip
        parser.add_argument("--programs", type=Path, help="the folder of PostgreSQL's programs")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        place, keys_place = options["to"], options["keys_to"]
        if place is None and keys_place is None:
            raise CommandError("--to says where the data goes, --keys-to where the keys go")
        try:
            if place is not None and keys_place is not None:
                making.refuse_one_place(place, keys_place)
            if place is not None:
                self._back_up(place, named_paths(options["also"]), options["programs"])
            if keys_place is not None:
                self._back_up_keys(keys_place, named_paths(options["also_keys"]))
        except BundleRefused as refused:
            raise CommandError(str(refused)) from refused

    def _back_up(self, place: Path, also: dict[str, Path], programs_folder: Path | None) -> None:
        address = settings.PANJEREH.database_backup_url
        if address is None:
            raise BundleRefused(
                "PANJEREH_DATABASE_BACKUP_URL is not set: a role with REPLICATION makes backups"
            )
        programs = Programs.found(programs_folder)
        source = making.Source(
            address=address,
            folders={
                making.CHECKPOINTS: settings.PANJEREH.audit_checkpoint_directory,
                making.LOG: settings.PANJEREH.audit_log_directory,
            }
            | also,
            erasures=settings.PANJEREH.state_directory / making.ERASURES,
        )
        manifest = making.make_bundle(
            place, source, programs=programs, about=_about(programs, address), last_note=_last_note, clock=now
        )
        self.stdout.write(f"OK {place} begun {manifest.begun_at} ended {manifest.ended_at}")
        self.stdout.write(f"sha256 {digest(place / MANIFEST)} {MANIFEST}")

    def _back_up_keys(self, place: Path, also: dict[str, Path]) -> None:
        manifest = making.make_key_bundle(place, settings.PANJEREH_KEY_FILES | also, clock=now)
        self.stdout.write(f"OK {place} keys {len(manifest.files)}")
        if settings.PANJEREH.wrapping_keys is not None:
            self.stdout.write("PANJEREH_WRAPPING_KEYS is a value and not in it: keep it where it comes from")


def named_paths(words: list[str]) -> dict[str, Path]:
    """Return `NAME=PATH` as a mapping. Raises `BundleRefused`."""
    parted = [word.partition("=") for word in words]
    if faulty := [word for word, (name, _, path) in zip(words, parted, strict=True) if not (name and path)]:
        raise BundleRefused(f"{faulty[0]} is not NAME=PATH")
    return {name: Path(path) for name, _, path in parted}


def _about(programs: Programs, address: str) -> making.About:
    try:
        ours = version("panjereh")
    except PackageNotFoundError:
        ours = "a checkout"
    applied = MigrationRecorder.Migration.objects.order_by("id").values_list("app", "name")
    return making.About(
        versions={"panjereh": ours, "postgresql": programs.version},
        migrations=dict(applied),
        databases=_databases(address),
    )


def _databases(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")
        return [str(name) for (name,) in rows]


def _last_note(checkpoints: Path) -> str:
    last = audit.last_checkpoint(checkpoints)
    return last.note if last else ""
