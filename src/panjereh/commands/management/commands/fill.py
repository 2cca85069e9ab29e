"""Take in what a new installation begins with: reference data, then the services that stand on it."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Import directory, packs and indices, in one process. Repeating it changes nothing."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        call_command("import_directory", stdout=self.stdout)
        call_command("install_packs", stdout=self.stdout)
        call_command("import_indices", stdout=self.stdout)
