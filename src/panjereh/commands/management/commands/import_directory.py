"""Take in the country's reference data: agencies, divisions, calendars, law."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.plumbing.edge import now
from panjereh_kernel.jalali import tehran_date

# Of each kind, if nobody asks for all: a first import adds two thousand things.
SHOWN: Final = 10


class Command(BaseCommand):
    help = "Import agencies, divisions, calendars and law, and say what changed. Repeating changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--directory", type=Path, default=settings.PANJEREH.data_directory / "iran")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument(
            "--all", action="store_true", help="name everything, not the first ten of each kind"
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
            for line in _report(change, limit=None if options["all"] else SHOWN):
                self.stdout.write(line)
        for service_id, law in catalogue.lost_law(on=tehran_date(now())):
            article = f" article {law.article}" if law.article else ""
            self.stdout.write(f"no longer in force: {law.instrument}{article}, on which {service_id} rests")


def _report(change: directory.Changes, *, limit: int | None) -> Iterator[str]:
    if change.is_empty:
        yield f"{change.kind}: unchanged"
        return
    parts = (
        ("new", change.added),
        ("changed from a day on", tuple(f"{code} from {since or 'ever'}" for code, since in change.renewed)),
        ("ended", change.ended),
        ("no longer in the files", change.missing),
    )
    for words, codes in parts:
        if codes:
            yield f"{change.kind}: {len(codes)} {words} ({_some(codes, limit)})"
    if change.changed:
        yield f"{change.kind}: {len({each.code for each in change.changed})} changed"
    for each in change.changed[:limit]:
        yield f"  {each.code}: {each.field}: {each.old or '-'} → {each.new or '-'}"
    if more := len(change.changed) - len(change.changed[:limit]):
        yield f"  … and {more} more"


def _some(codes: tuple[str, ...], limit: int | None) -> str:
    return ", ".join([*codes[:limit], *(["…"] if len(codes) > len(codes[:limit]) else [])])
