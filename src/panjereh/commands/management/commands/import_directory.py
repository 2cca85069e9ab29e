"""Take in the country's reference data: agencies, divisions, calendars, law."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.directory import api as directory
from panjereh.plumbing.edge import now

# Of each kind; a first import adds two thousand things.
SHOWN: Final = 10


class Command(BaseCommand):
    help = "Import agencies, divisions, calendars and law, and say what changed. Repeating changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--directory", type=Path, default=settings.PANJEREH.data_directory / "iran")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        folder = options["directory"]
        try:
            if options["dry_run"]:
                self.stdout.write("dry run: nothing is changed")
                changes = directory.compare_directory(folder)
            else:
                changes = directory.import_directory(folder, at=now())
        except directory.ReferenceDataFaultyError as fault:
            raise CommandError(str(fault)) from fault
        for change in changes:
            for line in _report(change):
                self.stdout.write(line)


def _report(change: directory.Changes) -> Iterator[str]:
    if change.is_empty:
        yield f"{change.kind}: unchanged"
        return
    parts = (
        ("new", change.added),
        ("ended", change.ended),
        ("no longer in the files", change.missing),
    )
    for words, codes in parts:
        if codes:
            yield f"{change.kind}: {len(codes)} {words} ({_some(codes)})"
    if change.changed:
        yield f"{change.kind}: {len({each.code for each in change.changed})} changed"
    for each in change.changed[:SHOWN]:
        yield f"  {each.code}: {each.field}: {each.old or '-'} → {each.new or '-'}"
    if len(change.changed) > SHOWN:
        yield f"  … and {len(change.changed) - SHOWN} more"


def _some(codes: tuple[str, ...]) -> str:
    more = ", …" if len(codes) > SHOWN else ""
    return ", ".join(codes[:SHOWN]) + more
