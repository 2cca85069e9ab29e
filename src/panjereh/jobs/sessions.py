"""Browser sessions that ran out are forgotten: everybody who began a sign-in has left one."""

from django.contrib.sessions.backends.db import SessionStore

from panjereh.jobs.registry import periodic_job


@periodic_job("sessions.forget", every="17 * * * *")
def forget(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate hands the tick in
    """Delete what has expired; one indexed statement."""
    SessionStore.clear_expired()
