"""Verify the record: `panjereh audit verify`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.audit import api as audit
from panjereh.domain.figures import api as figures
from panjereh_tlog.notes import Signer, Verifier


class Command(BaseCommand):
    help = "Hold database, log and published checkpoints against each other; end with 1 if they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument(
            "--public-key", help="the log's public key, in place of the one in the configured key file"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            found = audit.verify_log(
                log_directory=settings.PANJEREH.audit_log_directory,
                checkpoint_directory=settings.PANJEREH.audit_checkpoint_directory,
                verifier=_verifier(options["public_key"]),
            )
            counted = {
                figure_id: figures.verify_figure(definition)
                for figure_id, definition in figures.read_definitions(_figures()).items()
            }
        except (audit.AuditBroken, figures.FigureDiffers) as broken:
            raise CommandError(f"BROKEN {broken.code} {broken}", returncode=1) from broken
        at = found.checkpoint_at.isoformat() if found.checkpoint_at else "never"
        self.stdout.write(
            f"OK size {found.size} root {found.root.hex()} checkpoint {at} waiting {found.waiting}"
        )
        for figure_id, count in counted.items():
            self.stdout.write(f"OK figure {figure_id} events {count}")


def _verifier(public_key: str | None) -> Verifier:
    if public_key:
        return Verifier.parse(public_key)
    return Signer.parse(settings.PANJEREH.audit_key_file.read_text(encoding="utf-8")).verifier()


def _figures() -> Path:
    return Path(settings.PANJEREH.data_directory) / "figures"
