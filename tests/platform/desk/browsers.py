"""Officers with a browser each, signed in at the desk."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from panjereh.plumbing import edge
from panjereh.web.desk.entry import officer
from panjereh.web.desk.entry.cookies import DESK_COOKIE
from tests.platform.people.officers import Somebody


def session_of(who: Somebody, *, acr: int = 2, auth_age_s: int = 0) -> SessionStore:
    """Return a session as the desk begins it."""
    at = edge.now()
    session = SessionStore()
    session[officer.KEY] = {
        "account_id": str(who.account_id),
        "subject_id": str(who.subject_id),
        "acr": acr,
        "ial": 1,
        "auth_at": int((at - dt.timedelta(seconds=auth_age_s)).timestamp()),
        "id_token": "x.y.z",
        "ends_at": int((at + officer.ABSOLUTE).timestamp()),
        "seen_at": int(at.timestamp()),
        "place": "",
    }
    session.save()
    return session


def browser_of(who: Somebody | None, *, acr: int = 2, auth_age_s: int = 0, **options: Any) -> Client:
    """Return a browser in which this officer is signed in at the desk, or nobody."""
    client = Client(**options)
    if who is not None:
        client.cookies[DESK_COOKIE] = session_of(who, acr=acr, auth_age_s=auth_age_s).session_key
    return client


def citizen_browser_of(who: Somebody) -> Client:
    """Return a browser in which this person is signed in at the window."""
    client = Client()
    session = client.session
    now = int(edge.now().timestamp())
    session.update(
        {
            "account_id": str(who.account_id),
            "subject_id": str(who.subject_id),
            "acr": 2,
            "ial": 1,
            "auth_at": now,
            "ends_at": now + 3600,
            "seen_at": now,
        }
    )
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def page_of(grant_id: UUID, step: str = "") -> str:
    """Return the address of a grant, or of a step about it."""
    return f"/desk/roles/{grant_id}/{step}"
