"""Erase a person: `panjereh erase --subject ID --reason court-order`; all of a list: `--replay FILE`.

The order is written to a list outside the database before anything is erased. So an older backup that brings
somebody back is set right by the list, whatever moment it was taken or the erasure was killed at.

The report of each erasure is kept as a signed note (C2SP) of the log's key: whoever has that key's public
half can check it without this installation. Killed between the erasure and its file, the digest still stands
in the record, and `--replay` leaves a report of its own.
"""

import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.people import api as people
from panjereh.plumbing.edge import now
from panjereh_kernel.actor import Actor, Channel
from panjereh_kernel.refusal import NotFound
from panjereh_tlog.notes import Signer, sign_note

LIST = "erasures.jsonl"
REPORTS = "erasure-reports"
PRIVATE = 0o600
ACTOR = Actor.system("erasure", channel=Channel.COMMAND)


class Command(BaseCommand):
    help = "Erase a person for good, or erase again all who are on the list, once a backup was restored."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--subject", type=UUID, help="the id of the person")
        what.add_argument("--replay", type=Path, help=f"the list, {LIST}")
        reasons = [reason.value for reason in people.ErasureReason]
        parser.add_argument("--reason", choices=reasons, help="the ground, with --subject")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        if options["replay"]:
            self._replay(options["replay"].read_text(encoding="utf-8"))
            return
        if not options["reason"]:
            raise CommandError("--subject needs --reason")
        subject_id, reason = options["subject"], people.ErasureReason(options["reason"])
        try:
            # A refused order must not be on the list: it would be carried out after the next restore.
            people.check_erasable(subject_id, actor=ACTOR, at=now())
        except NotFound as absent:
            raise CommandError("not-found: nobody ever had this id") from absent
        except people.RoleInForce as held:
            raise CommandError(f"{held.code}: a grantor of the agency ends the role first") from held
        _write_down(subject_id, reason)
        self._erase(subject_id, reason)

    def _replay(self, text: str) -> None:
        left = []
        for line in text.splitlines():
            order = json.loads(line)
            subject_id = UUID(order["subject_id"])
            try:
                self._erase(subject_id, people.ErasureReason(order["reason"]))
            except NotFound:
                self.stdout.write(f"{subject_id} is not in this database")
            except people.RoleInForce:
                # The backup is older than the end of the role.
                left.append(str(subject_id))
        if left:
            raise CommandError(f"role-in-force: end the roles again, then replay: {', '.join(left)}")

    def _erase(self, subject_id: UUID, reason: people.ErasureReason) -> None:
        # Read first: a key that cannot be read must not be found out when the person is gone.
        signer = Signer.parse(settings.PANJEREH.audit_key_file.read_text(encoding="utf-8"))
        report = people.erase_subject(subject_id, reason=reason, actor=ACTOR, at=now())
        self.stdout.write(report.to_json())
        self.stdout.write(f"sha256 {report.digest}")
        self.stdout.write(f"signed {_keep(report, signer)}")


def _write_down(subject_id: UUID, reason: people.ErasureReason) -> None:
    line = json.dumps({"subject_id": str(subject_id), "reason": reason.value, "at": now().isoformat()})
    _append(Path(settings.PANJEREH.state_directory) / LIST, f"{line}\n")


def _keep(report: people.ErasureReport, signer: Signer) -> Path:
    """Write the report, signed with the key of the log; return its file."""
    path = Path(settings.PANJEREH.state_directory) / REPORTS / f"{report.digest}.note"
    # No checkpoint begins with a brace, so this can never be held for one.
    _append(path, sign_note(f"{report.to_json()}\n", signer))
    return path


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE)
    try:
        os.write(opened, text.encode())
        os.fsync(opened)
    finally:
        os.close(opened)
