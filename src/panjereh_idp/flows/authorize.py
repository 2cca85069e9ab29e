"""From a pushed request to a code in the browser's hands.

push > authorize > (account plane answers) > resume. A browser that is signed in well enough goes straight
from authorize to the code. A login belongs to the browser that began it (a cookie says so), so that nobody
can finish a login in somebody else's browser.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from panjereh_idp.flows.callers import accept_proof, authenticate_client
from panjereh_idp.flows.provider import NOTHING, AnsweredLogin, Provider, PushedRequest, SsoSession
from panjereh_idp.protocol import authorization, login
from panjereh_idp.protocol.clients import Client
from panjereh_idp.protocol.refusals import BrowserCannotContinue
from panjereh_idp.protocol.secrets_at_rest import digest, is_secret
from panjereh_idp.protocol.subjects import subject_of
from panjereh_idp.protocol.tokens import Grant

REQUEST_LIFE = dt.timedelta(seconds=60)
REQUEST_URI = "urn:ietf:params:oauth:request_uri:"


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where the browser goes, and the cookies it takes along (None: leave as it is)."""

    address: str
    browser: str | None = None
    session: str | None = None


async def push_request(
    form: Mapping[str, str], *, proofs: Sequence[str], provider: Provider, at: dt.datetime
) -> dict[str, Any]:
    """Keep a client's request for sixty seconds and return its one-time name (RFC 9126 section 2)."""
    client = await authenticate_client(form, provider=provider, at=at)
    jkt = None
    if proofs:
        jkt = await accept_proof(proofs, method="POST", path="/par", provider=provider, at=at)
    request = authorization.read_request(form, client=client, proof_jkt=jkt)
    reference = provider.draw()
    pushed = PushedRequest(digest(reference), request, at + REQUEST_LIFE, is_used=False)
    await provider.store.keep_request(pushed, at=at)
    return {
        "request_uri": REQUEST_URI + reference,
        "expires_in": int(REQUEST_LIFE.total_seconds()),
    }


async def authorize(
    parameters: Mapping[str, str],
    *,
    browser: str | None,
    session_cookie: str | None,
    provider: Provider,
    at: dt.datetime,
) -> NextStep:
    """Send a browser on: to the client with a code if it is signed in well enough, else to the account plane.

    Raises `BrowserCannotContinue` if the request was not pushed, is not this client's, or is too old.
    """
    pushed = await _pushed_request(parameters, provider=provider, at=at)
    session = None
    if session_cookie is not None and is_secret(session_cookie):
        session = await provider.store.find_session(digest(session_cookie), at=at)
    if session is not None and login.satisfies(session.authentication, pushed.request, at=at):
        return NextStep(await _issue_code(pushed.request, pushed.digest, session, provider=provider, at=at))
    if pushed.request.prompt == "none":
        # Whoever is signed in well enough is missing nothing but their word.
        error = "consent_required" if session and pushed.request.asked_scopes else "login_required"
        return NextStep(_refusal(pushed.request, error, provider))
    return await _ask_account_plane(pushed, browser, session, provider=provider, at=at)


async def resume(verifier: str, *, browser: str | None, provider: Provider, at: dt.datetime) -> NextStep:
    """Go on after the account plane answered: start or renew the session, and hand out the code.

    Raises `BrowserCannotContinue` if the answer is unknown, taken already, or another browser's.
    """
    if browser is None or not is_secret(browser) or not is_secret(verifier):
        raise BrowserCannotContinue("login-not-of-this-browser")
    answered = await provider.store.take_login(digest(verifier), browser=digest(browser), at=at)
    if answered is None:
        raise BrowserCannotContinue("login-not-of-this-browser")
    request = answered.login.request
    if answered.authentication is None:
        return NextStep(_refusal(request, answered.error or "access_denied", provider))
    session, cookie = await _start_session(answered, provider=provider, at=at)
    address = await _issue_code(
        request,
        answered.login.request_digest,
        session,
        allowed=answered.allowed,
        provider=provider,
        at=at,
    )
    return NextStep(address, session=cookie)


async def _pushed_request(
    parameters: Mapping[str, str], *, provider: Provider, at: dt.datetime
) -> PushedRequest:
    client_id = parameters.get("client_id", "")
    if client_id not in provider.clients:
        raise BrowserCannotContinue("client-not-known")
    request_uri = parameters.get("request_uri", "")
    reference = request_uri.removeprefix(REQUEST_URI)
    if not request_uri.startswith(REQUEST_URI) or not is_secret(reference):
        raise BrowserCannotContinue("request-not-pushed")
    pushed = await provider.store.find_request(digest(reference))
    if pushed is None or pushed.request.client_id != client_id:
        raise BrowserCannotContinue("request-not-pushed")
    if pushed.is_used or pushed.expires_at <= at:
        raise BrowserCannotContinue("request-expired")
    return pushed


async def _ask_account_plane(
    pushed: PushedRequest,
    browser: str | None,
    session: SsoSession | None,
    *,
    provider: Provider,
    at: dt.datetime,
) -> NextStep:
    # One browser secret for all tabs: a second tab must not take the first one's login away.
    new_browser = None if is_secret(browser) else provider.draw()
    challenge = provider.draw()
    await provider.store.ask_login(
        digest(challenge),
        request=pushed.digest,
        browser=digest(new_browser or browser or ""),
        session=session,
        at=at,
    )
    address = authorization.with_query(provider.account_url, {"login_challenge": challenge})
    return NextStep(address, browser=new_browser)


async def _start_session(
    answered: AnsweredLogin, *, provider: Provider, at: dt.datetime
) -> tuple[SsoSession, str]:
    authentication = answered.authentication
    assert authentication is not None  # noqa: S101 -- the caller looked; this tells the type checker
    session_id = answered.session_id or provider.make_id()
    cookie = provider.draw()  # always a new one: a cookie planted before the login is worth nothing after it
    await provider.store.save_session(session_id, cookie=digest(cookie), authentication=authentication, at=at)
    return SsoSession(session_id, authentication, started_at=at, used_at=at), cookie


async def _issue_code(
    request: authorization.AuthorizationRequest,
    request_digest: bytes,
    session: SsoSession,
    *,
    provider: Provider,
    at: dt.datetime,
    allowed: login.Allowed = NOTHING,
) -> str:
    code = provider.draw()
    client = provider.clients[request.client_id]
    grant = _grant(session, allowed=allowed, client=client, provider=provider)
    if not await provider.store.issue_code(
        digest(code), request=request_digest, grant=grant, consent_until=allowed.until, at=at
    ):
        raise BrowserCannotContinue("request-used-before")
    return authorization.success_address(request, code=code, issuer=provider.issuer)


def _grant(session: SsoSession, *, allowed: login.Allowed, client: Client, provider: Provider) -> Grant:
    account_id = session.authentication.account_id
    return Grant(
        client_id=client.client_id,
        subject=subject_of(account_id, client=client, pairwise_key=provider.pairwise_key),
        # What was allowed, never what was asked.
        scope=" ".join([authorization.OPENID, *allowed.scopes]),
        session_id=session.session_id,
        authentication=session.authentication,
        consent_id=allowed.consent_id,
    )


def _refusal(request: authorization.AuthorizationRequest, error: str, provider: Provider) -> str:
    return authorization.refusal_address(request, error=error, issuer=provider.issuer)
