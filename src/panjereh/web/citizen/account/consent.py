"""What a program wants to be allowed, remembered in this browser from the beginning of its sign-in.

A browser that has lost it allows nothing: the identity provider gives a program what it is told and no more.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.people import api as people
from panjereh.plumbing import pages
from panjereh.plumbing.headers import PAGE_POLICY
from panjereh.web.citizen.sign_in.account_plane import LoginChallenge
from panjereh_kernel import jalali

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
        return in_words(self.scopes)

    def asked(self, *, at: dt.datetime) -> people.Asked:
        """Return what the person reads before they allow it, and the last day it would hold."""
        return people.Asked(
            client_id=self.client_id,
            name=self.name,
            scopes=self.scopes,
            language=pages.page_language().value,
            wishes=self.wishes,
            last_day=jalali.tehran_date(at) + dt.timedelta(days=settings.PANJEREH.consent_days),
        )


def in_words(scopes: Iterable[str]) -> list[str]:
    """Return what programs may be allowed, in words of the page's language."""
    return [_(WORDS[scope]) if scope in WORDS else scope for scope in scopes]


def let_forms_end_there(request: HttpRequest, challenge_id: UUID, response: HttpResponse) -> HttpResponse:
    """Let the forms of a page lead to the site of the program that asks for this sign-in, if one does.

    A browser follows what a form leads to only where the page says; any form of a sign-in may be the last.
    """
    wanted = wanted_by(request.session, challenge_id)
    if wanted is not None:
        allowed = f"{settings.PANJEREH.idp_issuer} {wanted.origin}"
        response["Content-Security-Policy"] = PAGE_POLICY.format(idp=allowed)
    return response


def remember(session: SessionBase, challenge_id: UUID, asked: LoginChallenge) -> None:
    """Remember what a program wants; the oldest makes room when a browser has too many."""
    wanted = Wanted(asked.client_id, dict(asked.client_name), list(asked.scopes), asked.client_origin)
    kept: dict[str, Any] = {**session.get(KEY, {}), str(challenge_id): asdict(wanted)}
    session[KEY] = dict(list(kept.items())[-MOST_TABS:])


def wanted_by(session: SessionBase, challenge_id: UUID) -> Wanted | None:
    """Return what is wanted of a sign-in beyond knowing who it is, None where nothing is."""
    document = session.get(KEY, {}).get(str(challenge_id))
    return Wanted(**document) if document else None
