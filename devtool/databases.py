"""The databases of a checkout, the roles that may enter them, and their addresses."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from devtool import paths
from devtool.console import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Roles:
    """The roles of one program's database: who owns it (migrations only) and as whom the program works."""

    owner: str
    workers: tuple[str, ...]
    read_only: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        """All roles, the owner first."""
        return (self.owner, *self.workers, *self.read_only)


PLATFORM = Roles(
    owner="panjereh_owner", workers=("panjereh_app", "panjereh_trace"), read_only=("panjereh_read",)
)
IDP = Roles(owner="panjereh_idp_owner", workers=("panjereh_idp_app",))
DATABASES: dict[str, Roles] = {"panjereh": PLATFORM, "panjereh_idp": IDP}
# Which setting gets the address of which role in which database.
SETTINGS: dict[str, dict[str, tuple[str, str]]] = {
    "platform": {
        "PANJEREH_DATABASE_URL": ("panjereh", "panjereh_app"),
        "PANJEREH_DATABASE_READER_URL": ("panjereh", "panjereh_read"),
        "PANJEREH_DATABASE_TRACE_URL": ("panjereh", "panjereh_trace"),
    },
    "platform-owner": {"PANJEREH_DATABASE_OWNER_URL": ("panjereh", "panjereh_owner")},
    "idp": {"PANJEREH_IDP_DATABASE_URL": ("panjereh_idp", "panjereh_idp_app")},
    "idp-owner": {"PANJEREH_IDP_DATABASE_OWNER_URL": ("panjereh_idp", "panjereh_idp_owner")},
}


def passwords(keep_in: Path = paths.KEYS / "database-passwords.json") -> dict[str, str]:
    """Return one password per role, drawn once and kept."""
    kept: dict[str, str] = json.loads(keep_in.read_text()) if keep_in.exists() else {}
    names = [role for roles in DATABASES.values() for role in roles.everyone]
    if missing := [name for name in names if name not in kept]:
        kept |= {name: secrets.token_urlsafe(24) for name in missing}
        paths.make_private(keep_in.parent)
        paths.write_whole(keep_in, json.dumps(kept, indent=1) + "\n")
    return kept


def address(admin_url: str, *, database: str, user: str, password: str = "") -> str:
    """Return the address of `database` as `user` on the server that `admin_url` points at.

    Raises `Trouble` for an address that is not of the form postgresql://…
    """
    parts = urlsplit(admin_url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise Trouble(
            "DATABASE_URL must have the form postgresql://user:password@host:port/database.",
            hint="For a socket: postgresql://postgres@/postgres?host=/run/postgresql",
        )
    where = parts.netloc.rpartition("@")[2]
    who = f"{quote(user)}:{quote(password, safe='')}" if password else quote(user)
    return urlunsplit(("postgresql", f"{who}@{where}", f"/{quote(database)}", parts.query, ""))


def settings(program: str, *, admin_url: str, secrets_by_role: Mapping[str, str]) -> dict[str, str]:
    """Return the database settings of `program` (a key of `SETTINGS`)."""
    return {
        name: address(admin_url, database=database, user=role, password=secrets_by_role[role])
        for name, (database, role) in SETTINGS[program].items()
    }
