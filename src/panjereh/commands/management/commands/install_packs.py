"""Install the packs of a folder: linted, tested, kept for ever."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.catalogue import api as catalogue
from panjereh.plumbing.edge import now


class Command(BaseCommand):
    help = "Lint, test and install every pack in a directory. Repeating it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--directory", type=Path, default=settings.PANJEREH.packs_directory)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            installed = catalogue.install_packs(options["directory"], at=now())
        except catalogue.PackRefusedError as refused:
            raise CommandError(f"{len(refused.faults)} faults\n{refused}") from refused
        except (catalogue.PackVersionChanged, catalogue.PackVersionTooOld) as refused:
            raise CommandError(f"{refused.code}: {refused.facts()}") from refused
        for pack in installed:
            state = "installed" if pack.is_new else "unchanged"
            self.stdout.write(f"{pack.service_id} version {pack.version}: {state}")
