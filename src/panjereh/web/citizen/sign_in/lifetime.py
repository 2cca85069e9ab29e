"""A signed-in session ends: after half an hour without a click, after twelve hours, and with its account."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from panjereh.domain.people import api as people
from panjereh.plumbing import edge
from panjereh_kernel.refusal import NotFound

ABSOLUTE = dt.timedelta(hours=12)
IDLE = dt.timedelta(minutes=30)
# A write per click would cost more than it tells: the idle clock is exact to a minute, and an account that
# was closed or locked opens nothing after a minute at most.
SEEN_EXACT_TO_S = 60


def begin(session: SessionBase, *, at: dt.datetime) -> None:
    """Start both clocks of a session that has just been signed in."""
    session["ends_at"] = int((at + ABSOLUTE).timestamp())
    session["seen_at"] = int(at.timestamp())


def is_over(session: SessionBase, *, at: dt.datetime) -> bool:
    """Whether a signed-in session has run out."""
    now = at.timestamp()
    return bool(now >= session["ends_at"] or now >= session["seen_at"] + IDLE.total_seconds())


class SessionLifetime:
    """Middleware behind the session's own: an expired session is emptied before any view sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = edge.now()
        if "account_id" in request.session:
            is_due = at.timestamp() - request.session["seen_at"] >= SEEN_EXACT_TO_S
            if is_over(request.session, at=at) or (is_due and not _opens_anything(request.session)):
                request.session.flush()
            elif is_due:
                request.session["seen_at"] = int(at.timestamp())
        return self.get_response(request)


def _opens_anything(session: SessionBase) -> bool:
    try:
        return people.account(UUID(session["account_id"])).is_active
    except NotFound:
        return False
