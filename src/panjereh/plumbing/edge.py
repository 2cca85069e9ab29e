"""Where clock, identity and randomness enter: web, jobs and commands call these, nothing below does."""

import datetime as dt
import os
import secrets
import threading
import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_kernel.forwarded import caller_address, counted_address
from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7

CODE_DIGITS = 6
WAIT_SECONDS = 2.0
POLL_SECONDS = 0.05
# Half of a web process's threads. While a register is away many people's pages wait for it and renew
# themselves every three seconds; without a bound twenty of them would keep everybody else out.
WAITERS = 2
_waiting = threading.BoundedSemaphore(WAITERS)


def now() -> dt.datetime:
    """Return the present instant, aware, in UTC."""
    return dt.datetime.now(tz=dt.UTC)


def new_id() -> UUID:
    """Return a fresh time-ordered identifier."""
    return make_uuid7(now(), entropy=os.urandom(RANDOM_BYTES))


def draw_code() -> str:
    """Return six random digits."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def draw_token() -> str:
    """Return 128 random bits as text that fits in an address."""
    return secrets.token_urlsafe(16)


def actor_of(request: HttpRequest, *, purpose: str = "own-affairs") -> Actor:
    """Return who makes this request: the signed-in person, or nobody known."""
    session = request.session
    if "account_id" not in session:
        return Actor.anonymous(purpose)
    return Actor(
        role=Role.CITIZEN,
        channel=Channel.WEB,
        purpose=purpose,
        subject_id=UUID(session["subject_id"]),
        account_id=UUID(session["account_id"]),
        acr=int(session["acr"]),
        ial=int(session["ial"]),
    )


def account_of(request: HttpRequest) -> str | None:
    """Return the account whose session this is, at the window or at the desk; None for nobody known."""
    # The desk keeps its officer apart, see `web/desk/entry/officer.py`.
    account_id = request.session.get("account_id") or request.session.get("officer", {}).get("account_id")
    return None if account_id is None else str(account_id)


def address_of(request: HttpRequest) -> str:
    """Return the network address of the caller, as limits count it. Never stored in the clear."""
    return counted_address(
        caller_address(
            str(request.META.get("REMOTE_ADDR", "")),
            [str(request.META.get("HTTP_X_FORWARDED_FOR", ""))],
            trusted_proxies=settings.PANJEREH.trusted_proxies,
        )
    )


def wait_until(is_done: Callable[[], bool], *, seconds: float = WAIT_SECONDS) -> bool:
    """Wait a moment for a job, so that the common case shows no waiting page. Return whether it is done.

    When others wait already it only looks: their pages renew themselves.
    """
    if not _waiting.acquire(blocking=False):
        return is_done()
    try:
        return _look_until(is_done, time.monotonic() + seconds)
    finally:
        _waiting.release()


def _look_until(is_done: Callable[[], bool], until: float) -> bool:
    while not is_done():
        if time.monotonic() > until:
            return False
        time.sleep(POLL_SECONDS)
    return True


def draw_tracking_code() -> str:
    """Return a fresh tracking code: twelve random digits in three groups."""
    digits = "".join(secrets.choice("0123456789") for _ in range(12))
    return "-".join((digits[:4], digits[4:8], digits[8:]))
