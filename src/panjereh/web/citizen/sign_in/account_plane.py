"""Tell the identity provider what the account pages found out about a person.

The identity provider sends a browser that must sign in to the account pages with `?login_challenge=…`. They
fetch the challenge, prove who the person is, and accept or reject it; the answer is the address to send
the browser to next. The pages speak as a client of their own, never as the portal.

Every function raises `SignInUnavailable` when the identity provider does not answer.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID

from panjereh.web.citizen.sign_in import provider
from panjereh_kernel.refusal import Refusal

RejectReason = Literal["access_denied", "unmet_authentication_requirements", "temporarily_unavailable"]


class LoginChallengeNotFound(Refusal):
    """The challenge is unknown, has been answered already, or waited longer than ten minutes."""

    code = "login-challenge-not-found"
    status = 404


class LoginNotStrongEnough(Refusal):
    """The client asked for a stronger or fresher sign-in, or another account, than was offered."""

    code = "login-not-strong-enough"
    status = 409


@dataclass(frozen=True, slots=True)
class LoginChallenge:
    """What a client asks of a sign-in.

    `acr` is the least level that will be accepted (1 code by SMS, 2 passkey, 3 card), `max_age_s` how old
    the proof may be at most (0 = now), `ui_locale` "fa" or "en". `account_id` is set when the browser is
    already signed in and must only be proven again, more strongly or more freshly: no other account will do.
    `scopes` is what the client wants to be allowed; `client_origin` is where the browser goes in the end.
    """

    challenge: str
    client_id: str
    client_name: Mapping[str, str]
    is_first_party: bool
    acr: int
    max_age_s: int | None
    ui_locale: str
    account_id: UUID | None
    scopes: tuple[str, ...]
    client_origin: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the person allowed the client, by which kept consent, and when that ends."""

    scopes: Sequence[str]
    consent_id: UUID
    until: dt.datetime


def fetch_challenge(login_challenge: str) -> LoginChallenge:
    """Return what is asked. Raises `LoginChallengeNotFound`. Reading changes nothing."""
    answer = _call("GET", _challenge_path(login_challenge))
    account = answer["account_id"]
    return LoginChallenge(
        challenge=login_challenge,
        client_id=answer["client_id"],
        client_name=answer["client_name"],
        is_first_party=answer["first_party"],
        acr=answer["acr"],
        max_age_s=answer["max_age"],
        ui_locale=answer["ui_locale"],
        account_id=UUID(account) if account else None,
        scopes=tuple(answer.get("scopes", ())),
        client_origin=answer.get("client_origin", ""),
    )


def accept(
    login_challenge: str,
    *,
    account_id: UUID,
    acr: int,
    ial: int,
    amr: Sequence[str],
    auth_at: dt.datetime,
    allowed: Allowed | None = None,
) -> str:
    """Say who signed in, how strongly and when; return the address to redirect the browser to.

    `amr` are RFC 8176 names ("sms", "otp", "hwk", "pin", "user"). Raises `LoginChallengeNotFound` (also when
    it was answered before) and `LoginNotStrongEnough`. When it fails without an answer it may have happened
    all the same: the person starts the sign-in again.
    """
    body: dict[str, Any] = {
        "account_id": str(account_id),
        "acr": acr,
        "ial": ial,
        "amr": list(amr),
        "auth_time": int(auth_at.timestamp()),
    }
    if allowed is not None:
        body["scopes"] = list(allowed.scopes)
        body["consent"] = {"id": str(allowed.consent_id), "until": int(allowed.until.timestamp())}
    return str(_call("POST", f"{_challenge_path(login_challenge)}/accept", body)["redirect_to"])


def reject(login_challenge: str, error: RejectReason) -> str:
    """Say that nobody signed in, and why; return the address to redirect the browser to.

    Raises `LoginChallengeNotFound`.
    """
    return str(_call("POST", f"{_challenge_path(login_challenge)}/reject", {"error": error})["redirect_to"])


def end_sessions(account_id: UUID) -> int:
    """End every single sign-on session of an account with its tokens; return how many there were.

    Repeating it is harmless. The portal's own Django sessions are not touched.
    """
    return int(_call("DELETE", f"/account-plane/accounts/{account_id}/sessions")["ended"])


def _challenge_path(login_challenge: str) -> str:
    return f"/account-plane/login-challenges/{quote(login_challenge, safe='')}"


def _call(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = provider.call_as_account_plane(method, path, body)
    if answer.status_code == HTTPStatus.NOT_FOUND:
        raise LoginChallengeNotFound
    if answer.status_code == HTTPStatus.CONFLICT:
        raise LoginNotStrongEnough
    return provider.json_body(answer)
