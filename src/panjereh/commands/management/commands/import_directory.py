"""Take in the country's reference data: agencies, provinces, calendars, law."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.directory import api as directory
from panjereh.plumbing.edge import now

SHOWN = 10


class Command(BaseCommand):
    help = "Import agencies, provinces, calendars and legal instruments. Repeating it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--directory", type=Path, default=settings.PANJEREH.data_directory / "iran")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            changes = directory.import_directory(options["directory"], at=now())
        except directory.ReferenceDataFaultyError as fault:
            raise CommandError(str(fault)) from fault
        for change in changes:
            self.stdout.write(f"{change.kind}: {_say(change)}")


def _say(change: directory.Changes) -> str:
    if change.is_empty:
        return "unchanged"
    parts = (("added", change.added), ("changed", change.changed), ("no longer in the file", change.missing))
    return "; ".join(f"{len(ids)} {word} ({_some(ids)})" for word, ids in parts if ids)


def _some(ids: tuple[str, ...]) -> str:
    more = ", …" if len(ids) > SHOWN else ""
    return ", ".join(ids[:SHOWN]) + more
