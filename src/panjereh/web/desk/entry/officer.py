"""Who sits at the desk: read anew for every request, so that a role that ended opens nothing any more."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from panjereh.domain.people import api as people
from panjereh.web.citizen.sign_in.arrival import Proven
from panjereh_kernel.actor import Actor, Channel, Post, Role
from panjereh_kernel.refusal import NotFound

KEY = "officer"
IDLE = dt.timedelta(minutes=15)
ABSOLUTE = dt.timedelta(hours=8)
# How recently somebody proved themself who approves what another asked for.
FRESH = dt.timedelta(minutes=5)
SEEN_EXACT_TO_S = 60


@dataclass(frozen=True, slots=True)
class Officer:
    """A signed-in person, all places they hold now, and the one they sit at; none for somebody without."""

    subject_id: UUID
    account_id: UUID
    acr: int
    ial: int
    auth_at: dt.datetime
    posts: tuple[Post, ...]
    post: Post | None

    def is_fresh(self, at: dt.datetime) -> bool:
        """Whether they proved themself a moment ago."""
        return at - self.auth_at <= FRESH

    def actor(self, *, purpose: str) -> Actor:
        """Return them as operations see them."""
        return Actor(
            role=Role.OFFICER,
            channel=Channel.DESK,
            purpose=purpose,
            subject_id=self.subject_id,
            account_id=self.account_id,
            acr=self.acr,
            ial=self.ial,
            post=self.post,
        )


def begin(session: SessionBase, proven: Proven, *, at: dt.datetime) -> None:
    """Begin the session of somebody who has just come back from the identity provider."""
    kept = session.get(KEY, {})
    same = kept.get("account_id") == str(proven.identity.account_id)
    session.flush()  # what was known before the sign-in is worth nothing after it
    session[KEY] = {
        "account_id": str(proven.identity.account_id),
        "subject_id": proven.subject_id,
        "acr": proven.identity.acr,
        "ial": proven.identity.ial,
        "auth_at": proven.identity.auth_at,
        "id_token": proven.id_token,
        "ends_at": int((at + ABSOLUTE).timestamp()),
        "seen_at": int(at.timestamp()),
        "place": kept.get("place", "") if same else "",
    }


def find(session: SessionBase, *, at: dt.datetime) -> Officer | None:
    """Return who sits here, None for nobody or when the time is over or the account closed."""
    kept = session.get(KEY)
    if kept is None:
        return None
    if _is_over(kept, at) or not _opens_anything(UUID(kept["account_id"])):
        # Saved behind the guard over reading views; the row itself goes at the next sign-in or with its age.
        del session[KEY]
        return None
    if at.timestamp() - kept["seen_at"] >= SEEN_EXACT_TO_S:
        session[KEY] = {**kept, "seen_at": int(at.timestamp())}
    posts = tuple(people.posts_of(UUID(kept["subject_id"]), at=at))
    return Officer(
        subject_id=UUID(kept["subject_id"]),
        account_id=UUID(kept["account_id"]),
        acr=kept["acr"],
        ial=kept["ial"],
        auth_at=dt.datetime.fromtimestamp(kept["auth_at"], tz=dt.UTC),
        posts=posts,
        post=next((post for post in posts if place_of(post) == kept["place"]), posts[0] if posts else None),
    )


def sit(session: SessionBase, post: Post) -> None:
    """Go on at another place of the same officer."""
    session[KEY] = {**session[KEY], "place": place_of(post)}


def place_of(post: Post) -> str:
    """Return a place as a form names it."""
    return f"{post.agency_id}/{post.unit_id}"


def _is_over(kept: dict[str, Any], at: dt.datetime) -> bool:
    now = at.timestamp()
    is_weak = bool(kept["acr"] < settings.PANJEREH.desk_acr)
    return is_weak or bool(now >= kept["ends_at"] or now >= kept["seen_at"] + IDLE.total_seconds())


def _opens_anything(account_id: UUID) -> bool:
    try:
        return people.account(account_id).is_active
    except NotFound:
        return False
