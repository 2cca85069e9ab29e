"""The wrapping keys: `panjereh keys list`, `panjereh keys rotate`, `panjereh keys retire ID`."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.people import api as people
from panjereh.plumbing import sealing
from panjereh.plumbing.edge import now
from panjereh.plumbing.wrapping import WrappingKeyMissing
from panjereh_kernel.actor import Actor, Channel
from panjereh_kernel.refusal import Refusal

BATCH = 1000


class Command(BaseCommand):
    help = "Show the keys that wrap people's keys, move all of those to the current one, retire an old one."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="which wrapping keys are held, and how many keys each wraps")
        rotate = actions.add_parser("rotate", help="wrap every key with the current wrapping key")
        rotate.add_argument("--batch", type=int, default=BATCH, help="keys in one transaction")
        retire = actions.add_parser("retire", help="take an old wrapping key out of use, for good")
        retire.add_argument("key_id", help="as `list` shows it")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        actor = Actor.system("key-rotation", channel=Channel.COMMAND)
        try:
            match options["action"]:
                case "list":
                    self._list()
                case "rotate":
                    self._rotate(options["batch"], actor)
                case "retire":
                    people.retire_wrapping_key(options["key_id"], actor=actor, at=now())
                    self.stdout.write(f"retired {options['key_id']}: take it out of the key file")
        except Refusal as refusal:
            raise CommandError(f"{refusal.code}: {refusal.facts()}") from refusal
        except WrappingKeyMissing as missing:
            raise CommandError(str(missing)) from missing

    def _list(self) -> None:
        for use in sealing.key_uses():
            words = ["current" if use.is_current else "held" if use.is_held else "NOT HELD"]
            words += [f"retired {use.retired_at:%Y-%m-%d}"] if use.retired_at else []
            self.stdout.write(f"{use.key_id} wraps {use.uses}, {', '.join(words)}")

    def _rotate(self, batch: int, actor: Actor) -> None:
        started, total = time.monotonic(), 0
        while count := people.rewrap_keys(limit=batch, actor=actor, at=now()):
            total += count
            self.stdout.write(f"wrapped anew: {total} ({total / (time.monotonic() - started):.0f} a second)")
        self.stdout.write("every key is wrapped with the current wrapping key")
