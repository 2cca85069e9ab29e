"""Close offices on a day: `panjereh decree-closing 2026-12-05 --name-fa … --name-en … --decided-by …`."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.directory import api as directory
from panjereh.plumbing.edge import new_id, now
from panjereh_kernel.actor import Actor, Channel
from panjereh_kernel.persian import normalise
from panjereh_kernel.refusal import Refusal


class Command(BaseCommand):
    help = "Close offices on a day by decree. Running limits are counted again. Repeating changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("on", type=dt.date.fromisoformat, help="the day, as 2026-12-05")
        parser.add_argument("--name-fa", required=True, help="what the day is called, in Persian")
        parser.add_argument("--name-en", required=True, help="the same in English")
        parser.add_argument("--decided-by", required=True, help="the decision: who, number and date")
        parser.add_argument("--province", default="", help="two digits; without it, the whole country")
        parser.add_argument("--agency", default="", help="the agency alone that closes")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        closing = directory.NewClosing(
            on=options["on"],
            name={"fa": normalise(options["name_fa"]), "en": options["name_en"]},
            decided_by=normalise(options["decided_by"]),
            province_code=options["province"],
            agency_id=options["agency"],
        )
        actor = Actor.system("closing-decree", channel=Channel.COMMAND)
        try:
            version = directory.decree_closing(new_id(), closing, actor=actor, at=now())
        except Refusal as refusal:
            raise CommandError(f"{refusal.code}: {refusal.facts()}") from refusal
        self.stdout.write(f"closed by decree; the calendar is {version}")
