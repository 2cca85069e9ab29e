"""Leave for the identity provider: what is asked there, and what must be remembered here."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.sessions.backends.base import SessionBase

from panjereh.plumbing import client_keys as keys
from panjereh.web.citizen.sign_in import provider
from panjereh.web.citizen.sign_in.addresses import safe_path
from panjereh.web.citizen.sign_in.starts import Start

LEVELS = ("1", "2", "3")
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Wish:
    """What a page wants of a sign-in: at least this level, perhaps fresh, and then go there."""

    next_path: str
    acr: int
    is_fresh: bool


def read_wish(parameters: Mapping[str, str]) -> Wish:
    """Return the wish in a query or form; what makes no sense is as if it were not there."""
    acr = parameters.get("acr", "")
    return Wish(
        next_path=safe_path(parameters.get("next", "")),
        acr=int(acr) if acr in LEVELS else 1,
        is_fresh="again" in parameters,
    )


def is_granted(session: SessionBase, wish: Wish) -> bool:
    """Whether the person is signed in well enough already."""
    return "account_id" in session and session["acr"] >= wish.acr and not wish.is_fresh


def new_start(wish: Wish, *, at: dt.datetime) -> Start:
    """Return a start with fresh secrets."""
    return Start(
        nonce=secrets.token_urlsafe(SECRET_BYTES),
        code_verifier=secrets.token_urlsafe(SECRET_BYTES),
        dpop_key=keys.new_dpop_key(),
        next_path=wish.next_path,
        acr=wish.acr,
        max_age_s=0 if wish.is_fresh else None,
        started_at=at.isoformat(),
    )


def leave(start: Start, *, language: str, party: provider.RelyingParty, redirect_uri: str) -> tuple[str, str]:
    """Push the request; return its state and where to send the browser. Raises `SignInUnavailable`."""
    state = secrets.token_urlsafe(SECRET_BYTES)
    form = {
        "response_type": "code",
        "scope": "openid",
        "redirect_uri": redirect_uri,
        "state": state,
        "nonce": start.nonce,
        "code_challenge": keys.code_challenge(start.code_verifier),
        "code_challenge_method": "S256",
        "acr_values": str(start.acr),
        "ui_locales": language,
    }
    if start.max_age_s is not None:
        form["max_age"] = str(start.max_age_s)
    endpoint = "pushed_authorization_request_endpoint"
    pushed = provider.json_body(provider.post_as(party, endpoint, form, proof_key=start.dpop_key))
    asked = {
        "client_id": party.client_id,
        "request_uri": provider.text_of(pushed, "request_uri"),
    }
    return state, f"{provider.metadata().endpoints['authorization_endpoint']}?{urlencode(asked)}"
