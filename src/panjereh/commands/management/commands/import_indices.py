"""Take in published indices: editions, values, raw indicators, question lists, targets."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.indices import api as indices
from panjereh.plumbing.edge import now

# Of each kind; a first import adds tens of thousands of figures.
SHOWN: Final = 10


class Command(BaseCommand):
    help = (
        "Import published indices and say what changed. Repeating changes nothing; no figure is overwritten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--directory", type=Path, default=settings.PANJEREH.data_directory / "indices")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            if options["dry_run"]:
                self.stdout.write("dry run: nothing is changed")
                changes = indices.compare_indices(options["directory"])
            else:
                changes = indices.import_indices(options["directory"], at=now())
        except indices.IndexDataFaultyError as fault:
            raise CommandError(str(fault)) from fault
        for change in changes:
            for line in _report(change):
                self.stdout.write(line)


def _report(change: indices.Changes) -> Iterator[str]:
    if not (change.writes or change.missing or change.decided):
        yield f"{change.kind}: unchanged"
        return
    counts = (
        (change.added, "new"),
        (len(change.restated), "restated"),
        (len(change.missing), "no longer in the files"),
        (change.decided, "left alone: two officers decided on them"),
    )
    yield f"{change.kind}: " + ", ".join(f"{count} {words}" for count, words in counts if count)
    for each in change.restated[:SHOWN]:
        yield f"  {each.name}: {each.old or '-'} → {each.new or '-'}"
    if len(change.restated) > SHOWN:
        yield f"  … and {len(change.restated) - SHOWN} more"
