"""Sessions in the database, read by one hand-written question: every page of a signed-in person asks it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from panjereh.plumbing import sql

_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own in everything but how it is read."""

    def load(self) -> dict[str, Any]:
        """Return what is kept; nothing, under a key to be drawn anew, for a session that is not there."""
        row = sql.row(_SESSION, [self.session_key, timezone.now()])
        if row is None:
            self._session_key = None
            return {}
        kept: dict[str, Any] = self.decode(row[0])
        return kept

    @classmethod
    def get_model_class(cls) -> Any:
        """Return Django's model: the table is the same."""
        return db.SessionStore.get_model_class()
