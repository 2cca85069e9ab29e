"""The record for whoever checks it: `panjereh audit verify | export | prove`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.audit import api as audit
from panjereh.domain.figures import api as figures
from panjereh_kernel.refusal import NotFound
from panjereh_tlog.bundle.layout import READ_FIRST
from panjereh_tlog.notes import Signer, Verifier

STEP: Final = 100_000


class Command(BaseCommand):
    help = (
        "verify: hold database, log and published checkpoints against each other; end with 1 if they differ. "
        "export: write leaves and what verifies them into a folder. "
        "prove: write every leaf by or about an id, with its proof, into a file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify", "export", "prove"])
        parser.add_argument(
            "--public-key", help="the log's public key, in place of the one in the configured key file"
        )
        parser.add_argument("--to", type=Path, help="export: an empty folder; prove: a file")
        parser.add_argument("--from", dest="start", type=int, default=0, help="export: the first leaf")
        parser.add_argument("--until", type=int, help="export: the leaf it ends before; all if left out")
        parser.add_argument("--subject", type=UUID, help="prove: the id of a person, case or document")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["action"] != "verify" and options["to"] is None:
            raise CommandError("--to says where it goes")
        doing: Mapping[str, Callable[..., None]] = {
            "verify": self._verify, "export": self._export, "prove": self._prove,
        }  # fmt: skip
        try:
            doing[options["action"]](options)
        except (audit.AuditBroken, figures.FigureDiffers) as broken:
            raise CommandError(f"BROKEN {broken.code} {broken}", returncode=1) from broken

    def _verify(self, options: Mapping[str, Any]) -> None:
        found = audit.verify_log(
            log_directory=settings.PANJEREH.audit_log_directory,
            checkpoint_directory=settings.PANJEREH.audit_checkpoint_directory,
            verifier=_verifier(options["public_key"]),
            progress=self._tell,
        )
        at = found.checkpoint_at.isoformat() if found.checkpoint_at else "never"
        self.stdout.write(
            f"OK size {found.size} root {found.root.hex()} checkpoint {at} waiting {found.waiting}"
        )
        for figure_id, definition in figures.read_definitions(_data("figures")).items():
            self.stdout.write(f"OK figure {figure_id} events {figures.verify_figure(definition)}")

    def _export(self, options: Mapping[str, Any]) -> None:
        try:
            found = audit.export_log(
                options["to"],
                log_directory=settings.PANJEREH.audit_log_directory,
                checkpoint_directory=settings.PANJEREH.audit_checkpoint_directory,
                verifier=_verifier(options["public_key"]),
                read_first={
                    name: (_data("audit-export") / name).read_text(encoding="utf-8") for name in READ_FIRST
                },
                start=options["start"],
                until=options["until"],
            )
        except (IndexError, FileExistsError) as error:
            raise CommandError(f"nothing was written: {error}") from error
        self.stdout.write(f"OK leaves {found.start} until {found.until} of {found.checkpoint.size}")

    def _prove(self, options: Mapping[str, Any]) -> None:
        if options["subject"] is None:
            raise CommandError("--subject says whose leaves")
        count = -1
        try:
            lines = audit.proofs_of(
                options["subject"],
                log_directory=settings.PANJEREH.audit_log_directory,
                checkpoint_directory=settings.PANJEREH.audit_checkpoint_directory,
            )
            with options["to"].open("x", encoding="utf-8", newline="\n") as file:
                for count, line in enumerate(lines):  # noqa: B007 -- the last one counts them
                    file.write(line)
        except (NotFound, FileExistsError) as error:
            raise CommandError(f"nothing was written: {error}") from error
        self.stdout.write(f"OK {count} leaves")

    def _tell(self, done: int, size: int) -> None:
        if done % STEP == 0:
            self.stderr.write(f"{done} of {size} leaves")


def _verifier(public_key: str | None) -> Verifier:
    if public_key:
        return Verifier.parse(public_key)
    return Signer.parse(settings.PANJEREH.audit_key_file.read_text(encoding="utf-8")).verifier()


def _data(name: str) -> Path:
    return Path(settings.PANJEREH.data_directory) / name
