"""When a sign-in is good enough: level, freshness, and whose it is."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from panjereh_idp.protocol.authorization import AuthorizationRequest
from panjereh_idp.protocol.refusals import InvalidRequest, LoginNotStrongEnough

SESSION_LIFE = dt.timedelta(hours=12)
SESSION_IDLE = dt.timedelta(minutes=30)
CLOCK_SKEW = dt.timedelta(seconds=10)
LOGIN_WAITS = dt.timedelta(minutes=20)  # an account plane's own sign-in must end before it
HIGHEST_LEVEL = 3
HIGHEST_PROOFING = 2
MAX_AMR = 8
LATEST_S = 1 << 37  # beyond it the calendar of the language ends
REJECTIONS = frozenset({"access_denied", "unmet_authentication_requirements", "temporarily_unavailable"})


@dataclass(frozen=True, slots=True)
class Authentication:
    """What the account plane found out: whose account, how strongly (`acr`), how surely known (`ial`)."""

    account_id: UUID
    acr: int
    ial: int
    amr: tuple[str, ...]
    auth_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a person allowed a client. `consent_id` is the kept consent behind it, which ends at `until`.

    Both are None for what is allowed for one token only.
    """

    scopes: tuple[str, ...] = ()
    consent_id: UUID | None = None
    until: dt.datetime | None = None


def read_authentication(document: object) -> Authentication:
    """Return the authentication an account plane reports. Raises `InvalidRequest`."""
    if not isinstance(document, dict):
        raise InvalidRequest("body-must-be-an-object")
    try:
        account_id = UUID(document["account_id"])
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise InvalidRequest("account-id-wrong") from error
    return Authentication(
        account_id=account_id,
        acr=_level(document.get("acr"), 1, HIGHEST_LEVEL, "acr-wrong"),
        ial=_level(document.get("ial"), 0, HIGHEST_PROOFING, "ial-wrong"),
        amr=_amr(document.get("amr")),
        auth_at=dt.datetime.fromtimestamp(
            _level(document.get("auth_time"), 0, LATEST_S, "auth-time-wrong"), dt.UTC
        ),
    )


def read_allowed(document: object, request: AuthorizationRequest, *, at: dt.datetime) -> Allowed:
    """Return what of the scopes asked for the person allowed, and by which consent; absent is nothing.

    Raises `InvalidRequest`, also for a consent that is over.
    """
    told = document if isinstance(document, dict) else {}
    scopes = told.get("scopes", [])
    if not isinstance(scopes, list) or not set(request.asked_scopes).issuperset(map(str, scopes)):
        raise InvalidRequest("scope-not-asked-for")
    allowed = tuple(sorted(set(scopes)))
    consent = told.get("consent")
    if consent is None:
        return Allowed(allowed)
    try:
        consent_id = UUID(consent["id"])
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise InvalidRequest("consent-wrong") from error
    until = dt.datetime.fromtimestamp(_level(consent.get("until"), 0, LATEST_S, "consent-wrong"), dt.UTC)
    if not allowed or until <= at:
        raise InvalidRequest("consent-wrong")
    return Allowed(allowed, consent_id, until)


def read_rejection(document: object) -> str:
    """Return the error an account plane rejects a login with. Raises `InvalidRequest`."""
    error = document.get("error") if isinstance(document, dict) else None
    if error not in REJECTIONS:
        raise InvalidRequest("rejection-not-known")
    return str(error)


def satisfies(authentication: Authentication, request: AuthorizationRequest, *, at: dt.datetime) -> bool:
    """Say whether an earlier authentication answers this request without asking the person again.

    It never does where the client wants to be allowed something: nobody but the person can say that.
    """
    if request.asked_scopes or request.prompt == "login" or authentication.acr < request.acr:
        return False
    return request.max_age_s is None or _is_fresh(authentication, request, since=at)


def check_login(
    authentication: Authentication,
    request: AuthorizationRequest,
    *,
    only_account_id: UUID | None,
    asked_at: dt.datetime,
    at: dt.datetime,
) -> None:
    """Raise `LoginNotStrongEnough` unless a new authentication is what the challenge asked for.

    Freshness counts from the moment of asking: a person who takes five minutes over a code has not signed
    in too long ago. Somebody already signed in proves herself again as the same account, or signs out first.
    """
    if authentication.acr < request.acr:
        raise LoginNotStrongEnough("level-too-low")
    if authentication.auth_at > at + CLOCK_SKEW:
        raise LoginNotStrongEnough("authentication-from-the-future")
    must_be_new = request.prompt == "login" and authentication.auth_at < asked_at - CLOCK_SKEW
    if must_be_new or not _is_fresh(authentication, request, since=asked_at - CLOCK_SKEW):
        raise LoginNotStrongEnough("authentication-too-old")
    if only_account_id is not None and authentication.account_id != only_account_id:
        raise LoginNotStrongEnough("another-account")


def _is_fresh(authentication: Authentication, request: AuthorizationRequest, *, since: dt.datetime) -> bool:
    if request.max_age_s is None:
        return True
    return authentication.auth_at >= since - dt.timedelta(seconds=request.max_age_s)


def _level(value: Any, lowest: int, highest: int, reason: str) -> int:
    if type(value) is not int or not lowest <= value <= highest:
        raise InvalidRequest(reason)
    return value


def _amr(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= MAX_AMR:
        raise InvalidRequest("amr-wrong")
    if not all(isinstance(method, str) and method.isascii() and method.isalnum() for method in value):
        raise InvalidRequest("amr-wrong")
    return tuple(value)
