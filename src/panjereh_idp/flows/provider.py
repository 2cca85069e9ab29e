"""What a running provider is made of, and what it asks of its store."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from joserfc.jwk import ECKey

from panjereh_idp.protocol.authorization import AuthorizationRequest
from panjereh_idp.protocol.clients import Client
from panjereh_idp.protocol.login import Allowed, Authentication
from panjereh_idp.protocol.tokens import Grant

NOTHING = Allowed()


@dataclass(frozen=True, slots=True)
class PushedRequest:
    """A request that waits for its browser; `expires_at` is the last moment to bring it to /authorize."""

    digest: bytes
    request: AuthorizationRequest
    expires_at: dt.datetime
    is_used: bool


@dataclass(frozen=True, slots=True)
class SsoSession:
    """A browser that is signed in."""

    session_id: UUID
    authentication: Authentication
    started_at: dt.datetime
    used_at: dt.datetime


@dataclass(frozen=True, slots=True)
class PendingLogin:
    """A login the account plane must answer. `only_account_id` is set if the browser is signed in already."""

    request_digest: bytes
    request: AuthorizationRequest
    only_account_id: UUID | None
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AnsweredLogin:
    """A login with its answer: an authentication and what the person allowed, or why it was rejected."""

    login: PendingLogin
    session_id: UUID | None
    authentication: Authentication | None
    error: str | None
    allowed: Allowed = NOTHING


@dataclass(frozen=True, slots=True)
class StoredCode:
    """A code that was issued, with the request it answers. `consent_until` is None without a live consent."""

    request: AuthorizationRequest
    grant: Grant
    issued_at: dt.datetime
    consent_until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A refresh token, live or not, with the key it is bound to. `is_over`: revoked, or its consent ended."""

    grant: Grant
    jkt: str
    expires_at: dt.datetime
    is_over: bool


@dataclass(frozen=True, slots=True)
class NewRefreshToken:
    """A refresh token to be issued beside an access token."""

    digest: bytes
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class LiveToken:
    """An access token that was neither revoked nor is expired."""

    grant: Grant
    jkt: str
    issued_at: dt.datetime
    expires_at: dt.datetime


class Store(Protocol):
    """Where state lives. Each call is one atomic statement, durable when it returns.

    Secrets arrive as digests. `at` is the present: what is past its time is not found.
    """

    async def remember_once(self, mark: bytes, *, forget_at: dt.datetime) -> bool:
        """Remember a mark until then; return False if it is remembered already. Safe under concurrency."""

    async def keep_request(self, pushed: PushedRequest, *, at: dt.datetime) -> None:
        """Keep a pushed request."""

    async def find_request(self, digest: bytes) -> PushedRequest | None:
        """Return a pushed request, expired and used ones too as long as they are kept."""

    async def find_session(self, cookie: bytes, *, at: dt.datetime) -> SsoSession | None:
        """Return the live session of a cookie."""

    async def ask_login(
        self,
        challenge: bytes,
        *,
        request: bytes,
        browser: bytes,
        session: SsoSession | None,
        at: dt.datetime,
    ) -> None:
        """Keep a login for the account plane to answer."""

    async def find_login(self, challenge: bytes, *, at: dt.datetime) -> PendingLogin | None:
        """Return a login that waits for its answer."""

    async def answer_login(
        self,
        challenge: bytes,
        *,
        verifier: bytes,
        answer: Authentication | str,
        allowed: Allowed,
        at: dt.datetime,
    ) -> bool:
        """Answer a login once, with what was allowed; return False if it no longer waits."""

    async def take_login(self, verifier: bytes, *, browser: bytes, at: dt.datetime) -> AnsweredLogin | None:
        """Take an answered login out, once and only for the browser that began it."""

    async def save_session(
        self, session_id: UUID, *, cookie: bytes, authentication: Authentication, at: dt.datetime
    ) -> None:
        """Start a session, or renew one with a fresh cookie and authentication."""

    async def issue_code(
        self, code: bytes, *, request: bytes, grant: Grant, consent_until: dt.datetime | None, at: dt.datetime
    ) -> bool:
        """Issue the one code of a request, touch its session and keep its consent.

        Return False if it was issued before, or the consent was ended meanwhile.
        """

    async def find_code(self, code: bytes) -> StoredCode | None:
        """Return a code, used or not, while it is kept."""

    async def redeem_code(
        self, code: bytes, *, token: bytes, refresh: NewRefreshToken | None, jkt: str, at: dt.datetime
    ) -> bool:
        """Mark a code used and store its tokens; return False if it was used before."""

    async def revoke_code(self, code: bytes, *, at: dt.datetime) -> None:
        """End the tokens of a code, those that were refreshed too."""

    async def find_refresh_token(self, refresh: bytes) -> RefreshToken | None:
        """Return a refresh token, one that is over too as long as it is kept."""

    async def issue_token(
        self, token: bytes, *, refresh: bytes, scope: str, jkt: str, at: dt.datetime
    ) -> bool:
        """Store an access token for a refresh token; return False if that is over by now."""

    async def end_consent(self, consent_id: UUID, *, at: dt.datetime) -> None:
        """End a consent, known or not, for ever: nothing made for it is live, now or later."""

    async def find_token(self, token: bytes, *, at: dt.datetime) -> LiveToken | None:
        """Return a live token."""

    async def revoke_token(self, token: bytes, *, client_id: str, at: dt.datetime) -> None:
        """End an access token of this client, or a refresh token with what came of it, if there is one."""

    async def end_session(self, session_id: UUID) -> None:
        """Delete a session with its codes and tokens, if there is one."""

    async def sessions_of(self, account_id: UUID, *, at: dt.datetime) -> list[SsoSession]:
        """Return the live sessions of an account, newest first."""

    async def end_sessions_of(self, account_id: UUID) -> int:
        """Delete every session of an account; return how many there were."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A running provider. `draw` returns 32 fresh random bytes as base64url, `make_id` a fresh UUIDv7.

    `refresh_life` is the longest a refresh token lives; its consent may end sooner.
    """

    issuer: str
    account_url: str
    clients: Mapping[str, Client]
    signing_key: ECKey
    pairwise_key: bytes
    store: Store
    draw: Callable[[], str]
    make_id: Callable[[], UUID]
    refresh_life: dt.timedelta
