"""Erase a person: `panjereh erase --subject ID --reason court-order`; all of a list: `--replay FILE`.

The order is written to a list outside the database before anything is erased. So an older backup that brings
somebody back is set right by the list, whatever moment it was taken or the erasure was killed at.
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

LIST = "erasures.jsonl"
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
        report = people.erase_subject(subject_id, reason=reason, actor=ACTOR, at=now())
        self.stdout.write(report.to_json())
        self.stdout.write(f"sha256 {report.digest}")


def _write_down(subject_id: UUID, reason: people.ErasureReason) -> None:
    path = Path(settings.PANJEREH.state_directory) / LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"subject_id": str(subject_id), "reason": reason.value, "at": now().isoformat()})
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE)
    try:
        os.write(opened, f"{line}\n".encode())
        os.fsync(opened)
    finally:
        os.close(opened)
