"""What a session's row says is believed only if it was written under our key."""

import pytest
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.models import Session

from panjereh.plumbing.sessions import SessionStore


def kept(**what: str) -> str:
    store = SessionStore()
    store.update(what)
    store.save()
    return str(store.session_key)


def test_a_session_says_later_what_was_put_into_it():
    assert dict(SessionStore(kept(account_id="گروه ۱")).items()) == {"account_id": "گروه ۱"}


@pytest.mark.parametrize("forged", ["{}", '{"account_id":"another"}'])
def test_a_row_that_somebody_else_wrote_signs_nobody_in(forged: str):
    key = kept(account_id="one")
    row = Session.objects.get(session_key=key)
    Session.objects.filter(session_key=key).update(session_data=row.session_data[:64] + forged)

    assert dict(SessionStore(key).items()) == {}


@pytest.mark.parametrize("torn", ["", "{", '{"account_id":"x"}', "no session at all"])
def test_a_damaged_row_is_an_empty_session(torn: str):
    key = kept(account_id="one")
    Session.objects.filter(session_key=key).update(session_data=torn)

    assert dict(SessionStore(key).items()) == {}


def test_a_session_that_an_older_version_wrote_goes_on():
    old = DjangosStore()
    old["account_id"] = "one"
    old.save()

    assert dict(SessionStore(old.session_key).items()) == {"account_id": "one"}
