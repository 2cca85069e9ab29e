"""What a program wants to be allowed, remembered in this browser from the beginning of its sign-in.

A browser that has lost it allows nothing: the identity provider gives a program what it is told and no more.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.web.citizen.sign_in.account_plane import LoginChallenge

KEY = "account_asks"
MOST_TABS = 5
WORDS = {
    "cases:read": gettext_noop("See your requests and where they stand"),
    "cases:withdraw": gettext_noop("Withdraw a request of yours before it is decided"),
    "documents:read": gettext_noop("See and download your documents"),
    "accesses:read": gettext_noop("See who looked at your data"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which program wants what, and where the browser goes in the end."""

    client_id: str
    name: Mapping[str, str]
    scopes: list[str]
    origin: str

    @property
    def wishes(self) -> list[str]:
        """What it wants, in words."""
        return [_(WORDS[scope]) if scope in WORDS else scope for scope in self.scopes]


def remember(session: SessionBase, challenge_id: UUID, asked: LoginChallenge) -> None:
    """Remember what a program wants; the oldest makes room when a browser has too many."""
    wanted = Wanted(asked.client_id, dict(asked.client_name), list(asked.scopes), asked.client_origin)
    kept: dict[str, Any] = {**session.get(KEY, {}), str(challenge_id): asdict(wanted)}
    session[KEY] = dict(list(kept.items())[-MOST_TABS:])


def wanted_by(session: SessionBase, challenge_id: UUID) -> Wanted | None:
    """Return what is wanted of a sign-in beyond knowing who it is, None where nothing is."""
    document = session.get(KEY, {}).get(str(challenge_id))
    return Wanted(**document) if document else None
