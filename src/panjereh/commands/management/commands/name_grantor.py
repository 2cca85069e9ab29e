"""Name one of the first two grantors of an agency: `panjereh name-grantor ito --reason new-agency`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.directory import api as directory
from panjereh.domain.people import api as people
from panjereh.plumbing.edge import new_id, now
from panjereh_kernel.actor import Actor, Channel
from panjereh_kernel.identifiers import InvalidIdentifier, NationalNumber
from panjereh_kernel.refusal import Refusal


class Command(BaseCommand):
    help = (
        "Name a grantor of an agency that does not have two yet. The national number is read from standard "
        "input, so that it stands in no list of processes and no history. The person has signed in once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("agency", help="the id of the agency in the directory")
        parser.add_argument("--reason", required=True, choices=[each.value for each in people.FirstReason])

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            number = NationalNumber.parse(sys.stdin.readline())
        except InvalidIdentifier as error:
            raise CommandError("standard input does not begin with a national number") from error
        try:
            people.name_first_grantor(
                new_id(),
                national_number=number,
                agency_id=directory.agency(options["agency"]).id,
                reason=people.FirstReason(options["reason"]),
                actor=Actor.system("officer-grants", channel=Channel.COMMAND),
                at=now(),
            )
        except Refusal as refusal:
            raise CommandError(refusal.code) from refusal
        self.stdout.write("named")
