"""Database addresses turned into Django's settings: one alias per role of the database."""

from dataclasses import dataclass
from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict

from panjereh.plumbing.postgresql.connection import Connection, patient


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a program waits for its database, in seconds.

    `statement` and `lock` end in the server what runs or queues too long, `idle` a transaction that somebody
    forgot. `patience` ends the wait on this side, for a server that cannot: it is longer than `statement`.
    """

    statement: float
    lock: float
    idle: float
    patience: float


# A person looks at the page meanwhile.
PAGES: Final = Limits(statement=8, lock=5, idle=30, patience=10)
# Nobody looks; but a job that waits for ever would be taken for one that is done.
WORK: Final = Limits(statement=60, lock=30, idle=300, patience=75)
# Pages wait behind a migration that waits for its lock, so it gives up first, and tries again. One that needs
# longer for a statement, such as an index made CONCURRENTLY, says so in its own first statement: this side
# has the patience for it, as an operator looks on.
MIGRATIONS: Final = Limits(statement=30, lock=4, idle=60, patience=6 * 3600)
# By command. Others of an operator, such as the check of the whole record, take the time they need.
LIMITS: Final = {"serve": PAGES, "worker": WORK, "sequencer": WORK, "migrate": MIGRATIONS}
# Line cut: noticed in half a minute, whatever the server would still allow.
LINE: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


def database(url: str, *, pool: bool, limits: Limits | None = None) -> dict[str, Any]:
    """Return Django's settings for one role's address; without `limits` a statement may take its time."""
    parts = conninfo_to_dict(url)
    options: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 1} | LINE
    if limits is not None:
        options["patience"] = limits.patience
        parts["options"] = " ".join(filter(None, [str(parts.get("options", "")), _at_the_server(limits)]))
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
        options["pool"]["connection_class"] = Connection if limits is None else patient(limits.patience)
    return {
        "ENGINE": "panjereh.plumbing.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": options | parts,
        # The pool looks at its connections without a question, see `panjereh.plumbing.postgresql`: a page
        # must not meet one that died meanwhile. A job that does is tried again in seconds.
        "CONN_HEALTH_CHECKS": False,
        "CONN_MAX_AGE": 0 if pool else 60,
    }


def _at_the_server(limits: Limits) -> str:
    settings = {
        "statement_timeout": limits.statement,
        "lock_timeout": limits.lock,
        "idle_in_transaction_session_timeout": limits.idle,
    }
    return " ".join(f"-c {name}={seconds * 1000:.0f}" for name, seconds in settings.items())


class OneHome:
    """Migrations and writes belong to `default`; the other aliases are other roles on the same tables."""

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:  # noqa: ARG002
        """Let tables be made through `default` only."""
        return db == "default"
