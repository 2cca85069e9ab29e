"""A signed-in session ends: after half an hour without a click, and after twelve hours in any case."""

import datetime as dt
from collections.abc import Callable

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from panjereh.plumbing import edge

ABSOLUTE = dt.timedelta(hours=12)
IDLE = dt.timedelta(minutes=30)
# A write per click would cost more than it tells: the idle clock is exact to a minute.
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
            if is_over(request.session, at=at):
                request.session.flush()
            elif at.timestamp() - request.session["seen_at"] >= SEEN_EXACT_TO_S:
                request.session["seen_at"] = int(at.timestamp())
        return self.get_response(request)
