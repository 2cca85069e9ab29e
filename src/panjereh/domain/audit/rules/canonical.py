"""The one way to write a leaf as bytes, so that anyone can hash it again and find it in the log.

Format, version 1: a JSON object, UTF-8, keys sorted by code point, no white space, no escapes but those
JSON demands. Keys: `account_id`, `at`, `channel`, `event`, `facts`, `id`, `role`, `salt`, `subject`,
`subject_id`, `v`. `v` is 1; ids are lower-case UUIDs or null; `at` is UTC with six digits of a second and
`Z`; `salt` is 32 hex digits; the values of `facts` are strings and integers. The salt keeps a published
hash from being guessed back.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

SALT_BYTES: Final = 16
VERSION: Final = 1

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class LeafContent:
    """Everything of a leaf that the log vouches for."""

    id: UUID
    event: str
    role: str
    channel: str
    subject_id: UUID | None
    account_id: UUID | None
    subject: str
    facts: Facts
    at: dt.datetime
    salt: bytes


def leaf_bytes(leaf: LeafContent) -> bytes:
    """Return the canonical bytes of a leaf: equal leaves, and only they, have equal bytes."""
    document = {
        "v": VERSION,
        "id": str(leaf.id),
        "event": leaf.event,
        "role": leaf.role,
        "channel": leaf.channel,
        "subject_id": _text(leaf.subject_id),
        "account_id": _text(leaf.account_id),
        "subject": leaf.subject,
        "facts": dict(leaf.facts),
        "at": leaf.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "salt": leaf.salt.hex(),
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def checked_facts(facts: Facts) -> dict[str, str | int]:
    """Return the facts of a leaf. Raises `TypeError` for a value that is neither a string nor an integer."""
    for name, value in facts.items():
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise TypeError(f"the fact {name} is neither a string nor an integer")
    return dict(facts)


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
