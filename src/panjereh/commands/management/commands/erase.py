"""Carry out an approved order to erase: `panjereh erase --order ID`; all of a list again: `--replay FILE`.

Two operators of the platform stand behind an order, each signed in at the desk: one asked, another approved.
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
        what.add_argument("--order", type=UUID, help="the id of the order, as the desk shows it")
        what.add_argument("--replay", type=Path, help=f"the list, {LIST}")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        if options["replay"]:
            self._replay(options["replay"].read_text(encoding="utf-8"))
            return
        order_id = options["order"]
        signer = _signer()
        try:
            # A refused order must not be on the list: it would be carried out after the next restore.
            order = people.order_to_carry_out(order_id, actor=ACTOR, at=now())
            _write_down(order)
            self._tell(people.erase_subject(order_id, actor=ACTOR, at=now()), signer)
        except people.ErasureStepImpossible as refused:
            raise CommandError(f"{refused.code}: the order is {refused.state}") from refused
        except NotFound as absent:
            raise CommandError("not-found: there is no such order") from absent
        except people.RoleInForce as held:
            raise CommandError(f"{held.code}: a grantor of the agency ends the role first") from held

    def _replay(self, text: str) -> None:
        left, signer = [], _signer()
        for line in text.splitlines():
            past = people.PastOrder.read(json.loads(line))
            try:
                self._tell(people.erase_again(past, actor=ACTOR, at=now()), signer)
            except NotFound:
                self.stdout.write(f"{past.subject_id} is not in this database")
            except people.RoleInForce:
                # The backup is older than the end of the role.
                left.append(str(past.subject_id))
        if left:
            raise CommandError(f"role-in-force: end the roles again, then replay: {', '.join(left)}")

    def _tell(self, report: people.ErasureReport, signer: Signer) -> None:
        self.stdout.write(report.to_json())
        self.stdout.write(f"sha256 {report.digest}")
        self.stdout.write(f"signed {_keep(report, signer)}")


def _signer() -> Signer:
    # Read first: a key that cannot be read must not be found out when the person is gone.
    return Signer.parse(settings.PANJEREH.audit_key_file.read_text(encoding="utf-8"))


def _write_down(order: people.PastOrder) -> None:
    line = json.dumps({**order.written(), "at": now().isoformat()})
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
