"""The keys outside the database: `panjereh keys list | try | make LABEL | rotate | retire ID | reindex`."""

import os
import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.people import api as people
from panjereh.plumbing import sealing
from panjereh.plumbing.edge import now
from panjereh.plumbing.wrapping import KEY_BYTES, WrappingKeyMissing
from panjereh_kernel.actor import Actor, Channel
from panjereh_kernel.refusal import Refusal

BATCH = 1000


class Command(BaseCommand):
    help = "Show the keys that wrap people's keys, move all of those to the current one, retire an old one."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="which wrapping keys are held, and how many keys each wraps")
        actions.add_parser("try", help="wrap something with the current wrapping key, and unwrap it")
        make = actions.add_parser("make", help="have the key token draw a wrapping key that never leaves it")
        make.add_argument("label", help="its label, as PANJEREH_WRAPPING_LABELS names it")
        rotate = actions.add_parser("rotate", help="wrap every key with the current wrapping key")
        rotate.add_argument("--batch", type=int, default=BATCH, help="keys in one transaction")
        reindex = actions.add_parser("reindex", help="find people by the current index key")
        reindex.add_argument("--batch", type=int, default=BATCH, help="people in one transaction")
        reindex.add_argument("--after", type=UUID, default=people.START, help="go on behind this id")
        retire = actions.add_parser("retire", help="take an old wrapping key out of use, for good")
        retire.add_argument("key_id", help="as `list` shows it")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        actor = Actor.system("key-rotation", channel=Channel.COMMAND)
        try:
            match options["action"]:
                case "list":
                    self._list()
                case "try":
                    self._try()
                case "make":
                    self._make(options["label"])
                case "rotate":
                    self._rotate(options["batch"], actor)
                case "reindex":
                    self._reindex(options["batch"], options["after"], actor)
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

    def _try(self) -> None:
        keys, drawn = settings.PANJEREH.wrapping, os.urandom(KEY_BYTES)
        if keys.unwrap(*keys.wrap(drawn)) != drawn:
            raise CommandError(f"{keys.current} unwraps to something else")
        self.stdout.write(f"{keys.current} wraps and unwraps")

    def _make(self, label: str) -> None:
        token = settings.PANJEREH.token_keys
        if token is None or label not in token.known:
            raise CommandError(f"PANJEREH_WRAPPING_LABELS does not name {label}")
        if not token.make_key(label):
            raise CommandError(f"the token holds a key {label} already")
        self.stdout.write(f"made {label}")

    def _rotate(self, batch: int, actor: Actor) -> None:
        started, total = time.monotonic(), 0
        while count := people.rewrap_keys(limit=batch, actor=actor, at=now()):
            total += count
            self.stdout.write(f"wrapped anew: {total} ({total / (time.monotonic() - started):.0f} a second)")
        self.stdout.write("every key is wrapped with the current wrapping key")

    def _reindex(self, batch: int, after: UUID, actor: Actor) -> None:
        changed = 0
        while (done := people.reindex_people(after=after, limit=batch, actor=actor, at=now())).read:
            after, changed = done.last_id, changed + done.changed
            self.stdout.write(f"found anew: {changed}, up to {after}")
        self.stdout.write("everybody is found by the current index key")
