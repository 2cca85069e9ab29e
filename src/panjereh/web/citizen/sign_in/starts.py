"""Sign-ins under way in this browser: several tabs may each have one, and each comes back once."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

KEY = "sign_ins"
MOST_TABS = 5
LIFE = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Start:
    """What the portal must remember between sending the browser away and its return."""

    nonce: str
    code_verifier: str
    dpop_key: dict[str, str]
    next_path: str
    acr: int
    max_age_s: int | None
    started_at: str

    def is_over(self, at: dt.datetime) -> bool:
        """Whether the return would come too late."""
        return at - dt.datetime.fromisoformat(self.started_at) > LIFE


def remember(session: SessionBase, state: str, start: Start) -> None:
    """Remember a start by its state; the oldest makes room when a browser has too many."""
    starts: dict[str, Any] = {**session.get(KEY, {}), state: asdict(start)}
    session[KEY] = dict(list(starts.items())[-MOST_TABS:])


def take(session: SessionBase, state: str, *, at: dt.datetime) -> Start | None:
    """Return a start and forget it: a return counts once. None if it is unknown, taken or too old."""
    starts = dict(session.get(KEY, {}))
    document = starts.pop(state, None)
    if document is None:
        return None
    session[KEY] = starts
    start = Start(**document)
    return None if start.is_over(at) else start
