"""Django's `migrate`, tried again while somebody holds a lock it needs.

A migration gives up after four seconds of waiting (`config/databases.py`), because every page that needs the
table waits behind it. What it had done of that migration is taken back; those before it stay.

GAP: an index made CONCURRENTLY that met a lock is left invalid, and the next try finds its name taken: it is
dropped by hand (docs/runbooks/upgrade.md).
"""

from time import sleep
from typing import Any, Final

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

# Seconds: long enough for most readers to end, short enough that an operator waits.
PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 16.0)


class Command(migrate.Command):
    help = "Bring the tables up to date, within limits of lock and statement time."

    def handle(self, *arguments: Any, **options: Any) -> None:
        for pause in PAUSES:
            if self._is_done(*arguments, **options):
                return
            self.stderr.write(f"a table is in use: tried again in {pause:g} s")
            sleep(pause)
        if not self._is_done(*arguments, **options):
            raise CommandError(
                "a table was in use all the time, and nothing waits for ever: see what holds it with"
                " SELECT pid, state, now() - xact_start, query FROM pg_stat_activity WHERE state <> 'idle'"
            )

    def _is_done(self, *arguments: Any, **options: Any) -> bool:
        try:
            super().handle(*arguments, **options)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            connections["default"].close()
            return False
        return True
