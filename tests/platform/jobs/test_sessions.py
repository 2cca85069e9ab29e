"""Sessions do not pile up."""

import datetime as dt

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from panjereh.jobs import sessions


def kept(**life: float) -> str:
    store = SessionStore()
    store["account_browser"] = "somebody"
    store.set_expiry(dt.timedelta(**life))
    store.save()
    return str(store.session_key)


def test_an_expired_session_is_forgotten_and_a_living_one_kept():
    kept(hours=-1)
    living = kept(hours=1)

    sessions.forget(0)

    assert list(Session.objects.order_by("session_key").values_list("session_key", flat=True)) == [living]
