"""The door for the account plane: it proves who people are, we speak the protocol."""

import datetime as dt
from typing import Any
from uuid import UUID

from panjereh_idp.flows.provider import NOTHING, PendingLogin, Provider, SsoSession
from panjereh_idp.protocol import authorization, login
from panjereh_idp.protocol.login import Allowed, Authentication
from panjereh_idp.protocol.refusals import LoginChallengeNotFound
from panjereh_idp.protocol.secrets_at_rest import digest


async def describe_login(challenge: str, *, provider: Provider, at: dt.datetime) -> dict[str, Any]:
    """Return what the client asks of this login. Raises `LoginChallengeNotFound`."""
    pending = await _pending(challenge, provider=provider, at=at)
    client = provider.clients[pending.request.client_id]
    return {
        "client_id": client.client_id,
        "client_name": dict(client.name),
        "first_party": client.is_first_party,
        "client_origin": authorization.origin_of(pending.request.redirect_uri),
        "scopes": list(pending.request.asked_scopes),
        "acr": pending.request.acr,
        "max_age": 0 if pending.request.prompt == "login" else pending.request.max_age_s,
        "ui_locale": pending.request.ui_locale,
        "account_id": str(pending.only_account_id) if pending.only_account_id else None,
    }


async def accept_login(
    challenge: str, document: object, *, provider: Provider, at: dt.datetime
) -> dict[str, str]:
    """Take the authentication, and what the person allowed the client, and return where to send the browser.

    Raises `LoginChallengeNotFound` (also for an answer after the first), `LoginNotStrongEnough`,
    `InvalidRequest`.
    """
    authentication = login.read_authentication(document)
    pending = await _pending(challenge, provider=provider, at=at)
    login.check_login(
        authentication,
        pending.request,
        only_account_id=pending.only_account_id,
        asked_at=pending.asked_at,
        at=at,
    )
    allowed = login.read_allowed(document, pending.request, at=at)
    return await _answer(challenge, authentication, allowed=allowed, provider=provider, at=at)


async def reject_login(
    challenge: str, document: object, *, provider: Provider, at: dt.datetime
) -> dict[str, str]:
    """Take the refusal and return where to send the browser. Raises like `accept_login`."""
    return await _answer(challenge, login.read_rejection(document), provider=provider, at=at)


async def list_sessions(account_id: UUID, *, provider: Provider, at: dt.datetime) -> dict[str, Any]:
    """Return the live sessions of an account, newest first."""
    sessions = await provider.store.sessions_of(account_id, at=at)
    return {"sessions": [_session(session) for session in sessions]}


async def end_sessions(account_id: UUID, *, provider: Provider) -> dict[str, int]:
    """End all sessions of an account with their codes and tokens. Repeating it ends nothing more."""
    return {"ended": await provider.store.end_sessions_of(account_id)}


async def end_consent(consent_id: UUID, *, provider: Provider, at: dt.datetime) -> dict[str, bool]:
    """End a consent: its codes and tokens are worth nothing at once. Repeating it changes nothing.

    One nobody was told of yet is ended all the same, so that a login on its way finds it ended.
    """
    await provider.store.end_consent(consent_id, at=at)
    return {"ended": True}


async def _pending(challenge: str, *, provider: Provider, at: dt.datetime) -> PendingLogin:
    pending = await provider.store.find_login(digest(challenge), at=at)
    if pending is None:
        raise LoginChallengeNotFound("login-not-waiting")
    return pending


async def _answer(
    challenge: str,
    answer: Authentication | str,
    *,
    provider: Provider,
    at: dt.datetime,
    allowed: Allowed = NOTHING,
) -> dict[str, str]:
    verifier = provider.draw()
    if not await provider.store.answer_login(
        digest(challenge), verifier=digest(verifier), answer=answer, allowed=allowed, at=at
    ):
        raise LoginChallengeNotFound("login-not-waiting")
    return {
        "redirect_to": authorization.with_query(f"{provider.issuer}/authorize/resume", {"verifier": verifier})
    }


def _session(session: SsoSession) -> dict[str, Any]:
    return {
        "id": str(session.session_id),
        "acr": session.authentication.acr,
        "started_at": session.started_at.isoformat(),
        "last_used_at": session.used_at.isoformat(),
    }
