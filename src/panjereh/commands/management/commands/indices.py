"""A new edition of an index by four eyes: `panjereh indices propose | list | accept | turn-down`.

The officer's national number is read from standard input, so that it stands in no list of processes and no
history. They hold the role of an operator, and whoever proposes does not decide.
The desk has pages for the same, on which officers prove who they are; this command trusts whoever may run it
on the machine to be the officer they name, for an installation whose desk is away.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.indices import api as indices
from panjereh.domain.people import api as people
from panjereh.plumbing.edge import new_id, now
from panjereh_kernel.actor import Actor, Channel, OfficerRole, Post, Role
from panjereh_kernel.identifiers import InvalidIdentifier, NationalNumber
from panjereh_kernel.refusal import Refusal

PURPOSE = "index-editions"


class Command(BaseCommand):
    help = (
        "propose: check the file of an edition and put it forward. list: what was put forward. accept, "
        "turn-down: another officer decides. The officer's national number is read from standard input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        propose = actions.add_parser("propose", help="put an edition forward")
        propose.add_argument("file", type=Path, help="CSV: iso3, ranked, rank, a column for each part")
        propose.add_argument("--index", default="egdi")
        propose.add_argument("--edition", required=True)
        propose.add_argument("--source", required=True, help="an id of sources.csv, imported before")
        propose.add_argument(
            "--method", type=Path, help="JSON: an entry as in methods.json, with its sources"
        )
        actions.add_parser("list", help="what was put forward, the newest first")
        accept = actions.add_parser("accept", help="take a proposed edition in")
        accept.add_argument("proposal", type=UUID)
        turn_down = actions.add_parser("turn-down", help="turn a proposed edition down")
        turn_down.add_argument("proposal", type=UUID)
        reasons = [each.value for each in indices.TurnDownReason]
        turn_down.add_argument("--reason", required=True, choices=reasons)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        doing: Mapping[str, Callable[[Mapping[str, Any], Actor], None]] = {
            "propose": self._propose, "list": self._list,
            "accept": self._accept, "turn-down": self._turn_down,
        }  # fmt: skip
        try:
            doing[options["action"]](options, _officer())
        except indices.EditionFaulty as faulty:
            raise CommandError(f"{faulty.code}\n" + "\n".join(map(str, faulty.faults))) from faulty
        except Refusal as refusal:
            raise CommandError(refusal.code) from refusal

    def _propose(self, options: Mapping[str, Any], officer: Actor) -> None:
        proposal_id = new_id()
        method = options["method"]
        report = indices.propose_edition(
            proposal_id,
            index=options["index"],
            edition=options["edition"],
            content=options["file"].read_bytes(),
            source=options["source"],
            method=json.loads(method.read_text(encoding="utf-8")) if method else None,
            actor=officer,
            at=now(),
        )
        self.stdout.write(f"proposed {proposal_id}: {report.changes.added} new figures")
        for each in report.changes.restated:
            self.stdout.write(f"restated {each.name}: {each.old or '-'} → {each.new or '-'}")
        for finding in report.findings:
            self.stdout.write(f"look at {finding}")

    def _list(self, _options: Mapping[str, Any], officer: Actor) -> None:
        for each in indices.proposals(actor=officer, at=now()):
            self.stdout.write(f"{each.id} {each.index} {each.edition} {each.state} {each.sha256}")

    def _accept(self, options: Mapping[str, Any], officer: Actor) -> None:
        count = indices.accept_edition(options["proposal"], actor=officer, at=now())
        self.stdout.write(f"accepted: {count} figures")

    def _turn_down(self, options: Mapping[str, Any], officer: Actor) -> None:
        reason = indices.TurnDownReason(options["reason"])
        indices.turn_down_edition(options["proposal"], reason=reason, actor=officer, at=now())
        self.stdout.write("turned down")


def _officer() -> Actor:
    """Return the operator who acts, as the desk would see them; the door looks whether they are one."""
    try:
        number = NationalNumber.parse(sys.stdin.readline())
    except InvalidIdentifier as error:
        raise CommandError("standard input does not begin with a national number") from error
    account = people.account_of_number(number, actor=Actor.system(PURPOSE, channel=Channel.COMMAND))
    if account is None:
        raise CommandError("not-found")
    return Actor(
        role=Role.OFFICER,
        channel=Channel.COMMAND,
        purpose=PURPOSE,
        subject_id=account.subject_id,
        account_id=account.id,
        post=Post(
            str(settings.PANJEREH.exchange_client).split("/")[2], "", frozenset({OfficerRole.OPERATOR})
        ),
    )
