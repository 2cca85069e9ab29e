"""The provider's state in PostgreSQL: one statement per change, so that every change is whole or absent."""

import datetime as dt
from dataclasses import asdict
from typing import Any, LiteralString
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from panjereh_idp.flows.provider import (
    AnsweredLogin,
    LiveToken,
    NewRefreshToken,
    PendingLogin,
    PushedRequest,
    RefreshToken,
    SsoSession,
    StoredCode,
)
from panjereh_idp.protocol.authorization import AuthorizationRequest
from panjereh_idp.protocol.login import LOGIN_WAITS, SESSION_IDLE, SESSION_LIFE, Allowed, Authentication
from panjereh_idp.protocol.tokens import ACCESS_TOKEN_LIFE, CODE_LIFE, Grant

Pool = AsyncConnectionPool[AsyncConnection[DictRow]]
EXPIRING: tuple[LiteralString, ...] = (
    "access_token", "refresh_token", "code", "login", "pushed_request", "sso_session", "seen_proof",
    "consent",
)  # fmt: skip
PURGE_BATCH = 5000


class PostgresStore:
    """The `Store` of the flows; its contract is written there."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def _one(self, statement: LiteralString, **values: Any) -> DictRow | None:
        async with self._pool.connection() as connection:
            return await (await connection.execute(statement, values)).fetchone()

    async def _all(self, statement: LiteralString, **values: Any) -> list[DictRow]:
        async with self._pool.connection() as connection:
            return await (await connection.execute(statement, values)).fetchall()

    async def _count(self, statement: LiteralString, **values: Any) -> int:
        async with self._pool.connection() as connection:
            return (await connection.execute(statement, values)).rowcount

    async def migrations(self) -> set[str]:
        """Return the names of the migrations applied."""
        return {row["name"] for row in await self._all("SELECT name FROM idp.migration")}

    async def purge(self, *, at: dt.datetime) -> int:
        """Delete what is past its time, in bounded batches; return how many rows went."""
        return sum([await self._purge_table(table, at) for table in EXPIRING])

    async def _purge_table(self, table: LiteralString, at: dt.datetime) -> int:
        chosen: LiteralString = (
            f"SELECT ctid FROM idp.{table} WHERE expires_at <= %(at)s"  # noqa: S608 -- one of EXPIRING
            " ORDER BY expires_at LIMIT %(batch)s"
        )
        statement: LiteralString = f"DELETE FROM idp.{table} WHERE ctid = ANY (ARRAY({chosen}))"  # noqa: S608
        return await self._count(statement, at=at, batch=PURGE_BATCH)

    async def remember_once(self, mark: bytes, *, forget_at: dt.datetime) -> bool:
        return (
            await self._count(
                "INSERT INTO idp.seen_proof (mark, expires_at)"
                " VALUES (%(mark)s, %(until)s) ON CONFLICT DO NOTHING",
                mark=mark,
                until=forget_at,
            )
            == 1
        )

    async def keep_request(self, pushed: PushedRequest, *, at: dt.datetime) -> None:
        await self._count(
            "INSERT INTO idp.pushed_request (digest, client_id, request, bring_until, expires_at)"
            " VALUES (%(digest)s, %(client)s, %(request)s, %(bring)s, %(until)s)",
            digest=pushed.digest,
            client=pushed.request.client_id,
            request=Jsonb(pushed.request.as_document()),
            bring=pushed.expires_at,
            until=at + 2 * LOGIN_WAITS,
        )

    async def find_request(self, digest: bytes) -> PushedRequest | None:
        row = await self._one(
            "SELECT request, bring_until, used_at FROM idp.pushed_request WHERE digest = %(digest)s",
            digest=digest,
        )
        if row is None:
            return None
        return PushedRequest(
            digest, AuthorizationRequest(**row["request"]), row["bring_until"], row["used_at"] is not None
        )

    async def find_session(self, cookie: bytes, *, at: dt.datetime) -> SsoSession | None:
        row = await self._one(
            "SELECT * FROM idp.sso_session"
            " WHERE cookie = %(cookie)s AND expires_at > %(at)s AND used_at > %(idle)s",
            cookie=cookie,
            at=at,
            idle=at - SESSION_IDLE,
        )
        return _session(row) if row else None

    async def ask_login(
        self, challenge: bytes, *, request: bytes, browser: bytes, session: SsoSession | None, at: dt.datetime
    ) -> None:
        await self._count(
            "INSERT INTO idp.login"
            " (challenge, request_digest, browser, session_id, only_account_id, asked_at, expires_at)"
            " VALUES (%(challenge)s, %(request)s, %(browser)s, %(session)s, %(account)s, %(at)s, %(until)s)",
            challenge=challenge,
            request=request,
            browser=browser,
            session=session.session_id if session else None,
            account=session.authentication.account_id if session else None,
            at=at,
            until=at + LOGIN_WAITS,
        )

    async def find_login(self, challenge: bytes, *, at: dt.datetime) -> PendingLogin | None:
        row = await self._one(
            "SELECT login.request_digest, login.only_account_id, login.asked_at, pushed.request"
            " FROM idp.login JOIN idp.pushed_request AS pushed ON pushed.digest = login.request_digest"
            " WHERE challenge = %(challenge)s AND answer IS NULL AND login.expires_at > %(at)s",
            challenge=challenge,
            at=at,
        )
        return _login(row) if row else None

    async def answer_login(
        self,
        challenge: bytes,
        *,
        verifier: bytes,
        answer: Authentication | str,
        allowed: Allowed,
        at: dt.datetime,
    ) -> bool:
        return (
            await self._count(
                "UPDATE idp.login SET verifier = %(verifier)s, answer = %(answer)s"
                " WHERE challenge = %(challenge)s AND answer IS NULL AND expires_at > %(at)s",
                challenge=challenge,
                verifier=verifier,
                answer=Jsonb({**_answer_document(answer), **_allowed_document(allowed)}),
                at=at,
            )
            == 1
        )

    async def take_login(self, verifier: bytes, *, browser: bytes, at: dt.datetime) -> AnsweredLogin | None:
        row = await self._one(
            "DELETE FROM idp.login USING idp.pushed_request AS pushed"
            " WHERE verifier = %(verifier)s AND browser = %(browser)s AND login.expires_at > %(at)s"
            " AND pushed.digest = login.request_digest"
            " RETURNING login.request_digest, login.only_account_id, login.asked_at, login.session_id,"
            " login.answer, pushed.request",
            verifier=verifier,
            browser=browser,
            at=at,
        )
        if row is None:
            return None
        answer = row["answer"]
        authentication = None if "error" in answer else _authentication(answer)
        return AnsweredLogin(
            _login(row),
            row["session_id"],
            authentication,
            answer.get("error"),
            _allowed(answer),
        )

    async def save_session(
        self, session_id: UUID, *, cookie: bytes, authentication: Authentication, at: dt.datetime
    ) -> None:
        await self._count(
            "INSERT INTO idp.sso_session"
            " (session_id, cookie, account_id, acr, ial, amr, auth_at, started_at, used_at, expires_at)"
            " VALUES (%(session)s, %(cookie)s, %(account_id)s, %(acr)s, %(ial)s, %(amr)s, %(auth_at)s,"
            " %(at)s, %(at)s, %(until)s)"
            " ON CONFLICT (session_id) DO UPDATE SET cookie = excluded.cookie, acr = excluded.acr,"
            " ial = excluded.ial, amr = excluded.amr, auth_at = excluded.auth_at, used_at = excluded.used_at,"
            " expires_at = excluded.expires_at",
            session=session_id,
            cookie=cookie,
            at=at,
            until=at + SESSION_LIFE,
            **_authentication_values(authentication),
        )

    async def issue_code(
        self, code: bytes, *, request: bytes, grant: Grant, consent_until: dt.datetime | None, at: dt.datetime
    ) -> bool:
        return (
            await self._count(
                "WITH kept AS (INSERT INTO idp.consent AS consent (consent_id, expires_at)"
                " SELECT %(consent)s::uuid, %(consent_until)s WHERE %(consent)s::uuid IS NOT NULL"
                " ON CONFLICT (consent_id) DO UPDATE SET expires_at = excluded.expires_at"
                " WHERE consent.ended_at IS NULL RETURNING consent_id),"
                " once AS (UPDATE idp.pushed_request SET used_at = %(at)s"
                " WHERE digest = %(request)s AND used_at IS NULL RETURNING request),"
                " live AS (UPDATE idp.sso_session SET used_at = greatest(used_at, %(at)s)"
                " WHERE session_id = %(session)s RETURNING session_id)"
                " INSERT INTO idp.code (digest, session_id, client_id, subject, scope, request,"
                " account_id, acr, ial, amr, auth_at, issued_at, expires_at, consent_id)"
                " SELECT %(code)s, live.session_id, %(client)s, %(subject)s, %(scope)s, once.request,"
                " %(account_id)s, %(acr)s, %(ial)s, %(amr)s, %(auth_at)s, %(at)s, %(until)s, %(consent)s"
                " FROM once, live WHERE %(consent)s::uuid IS NULL OR EXISTS (SELECT FROM kept)",
                code=code,
                request=request,
                session=grant.session_id,
                client=grant.client_id,
                subject=grant.subject,
                scope=grant.scope,
                consent=grant.consent_id,
                consent_until=consent_until,
                at=at,
                until=at + CODE_LIFE + ACCESS_TOKEN_LIFE,
                **_authentication_values(grant.authentication),
            )
            == 1
        )

    async def find_code(self, code: bytes) -> StoredCode | None:
        row = await self._one(
            "SELECT code.*, consent.expires_at AS consent_until FROM idp.code AS code"
            " LEFT JOIN idp.consent AS consent"
            " ON consent.consent_id = code.consent_id AND consent.ended_at IS NULL"
            " WHERE code.digest = %(code)s",
            code=code,
        )
        if row is None:
            return None
        return StoredCode(
            AuthorizationRequest(**row["request"]), _grant(row), row["issued_at"], row["consent_until"]
        )

    async def redeem_code(
        self, code: bytes, *, token: bytes, refresh: NewRefreshToken | None, jkt: str, at: dt.datetime
    ) -> bool:
        return (
            await self._count(
                "WITH once AS (UPDATE idp.code SET used_at = %(at)s"
                " WHERE digest = %(code)s AND used_at IS NULL RETURNING *),"
                " more AS (INSERT INTO idp.refresh_token (digest, code, consent_id, client_id, subject,"
                " scope, session_id, account_id, acr, ial, amr, auth_at, jkt, issued_at, expires_at)"
                " SELECT %(refresh)s::bytea, digest, consent_id, client_id, subject, scope, session_id,"
                " account_id, acr, ial, amr, auth_at, %(jkt)s, %(at)s, %(refresh_until)s FROM once"
                " WHERE %(refresh)s::bytea IS NOT NULL)"
                " INSERT INTO idp.access_token (digest, code, jkt, issued_at, expires_at)"
                " SELECT %(token)s, once.digest, %(jkt)s, %(at)s,"
                " least(%(until)s, %(refresh_until)s::timestamptz) FROM once",
                code=code,
                token=token,
                refresh=refresh.digest if refresh else None,
                refresh_until=refresh.expires_at if refresh else None,
                jkt=jkt,
                at=at,
                until=at + ACCESS_TOKEN_LIFE,
            )
            == 1
        )

    async def revoke_code(self, code: bytes, *, at: dt.datetime) -> None:
        await self._count(
            "WITH over AS (UPDATE idp.refresh_token SET revoked_at = %(at)s"
            " WHERE code = %(code)s AND revoked_at IS NULL)"
            " DELETE FROM idp.access_token WHERE code = %(code)s",
            code=code,
            at=at,
        )

    async def find_refresh_token(self, refresh: bytes) -> RefreshToken | None:
        row = await self._one(
            "SELECT refresh.*, refresh.revoked_at IS NOT NULL OR consent.ended_at IS NOT NULL AS is_over"
            " FROM idp.refresh_token AS refresh JOIN idp.consent AS consent USING (consent_id)"
            " WHERE refresh.digest = %(refresh)s",
            refresh=refresh,
        )
        return RefreshToken(_grant(row), row["jkt"], row["expires_at"], row["is_over"]) if row else None

    async def issue_token(
        self, token: bytes, *, refresh: bytes, scope: str, jkt: str, at: dt.datetime
    ) -> bool:
        return (
            await self._count(
                "INSERT INTO idp.access_token (digest, refresh_token, scope, jkt, issued_at, expires_at)"
                " SELECT %(token)s, refresh.digest, %(scope)s, %(jkt)s, %(at)s,"
                " least(%(until)s, refresh.expires_at)"
                " FROM idp.refresh_token AS refresh JOIN idp.consent AS consent USING (consent_id)"
                " WHERE refresh.digest = %(refresh)s AND refresh.revoked_at IS NULL"
                " AND consent.ended_at IS NULL AND refresh.expires_at > %(at)s",
                token=token,
                refresh=refresh,
                scope=scope,
                jkt=jkt,
                at=at,
                until=at + ACCESS_TOKEN_LIFE,
            )
            == 1
        )

    async def end_consent(self, consent_id: UUID, *, at: dt.datetime) -> None:
        await self._count(
            "INSERT INTO idp.consent AS consent (consent_id, ended_at, expires_at)"
            " VALUES (%(consent)s, %(at)s, %(until)s) ON CONFLICT (consent_id) DO UPDATE"
            " SET ended_at = coalesce(consent.ended_at, excluded.ended_at),"
            " expires_at = greatest(consent.expires_at, excluded.expires_at)",
            consent=consent_id,
            at=at,
            # Longer than any login can be on its way that was answered before.
            until=at + 2 * LOGIN_WAITS,
        )

    async def find_token(self, token: bytes, *, at: dt.datetime) -> LiveToken | None:
        # Held against the refresh token and the consent at each look: what was ended, even in the moment a
        # token was made, is over at once.
        row = await self._one(
            "SELECT source.*, coalesce(token.scope, source.scope) AS scope, token.jkt,"
            " token.issued_at AS token_issued_at, token.expires_at AS token_expires_at"
            " FROM idp.access_token AS token CROSS JOIN LATERAL ("
            " SELECT client_id, subject, scope, session_id, account_id, acr, ial, amr, auth_at, consent_id,"
            " EXISTS (SELECT FROM idp.refresh_token WHERE refresh_token.code = code.digest"
            " AND revoked_at IS NOT NULL) AS is_revoked FROM idp.code AS code WHERE code.digest = token.code"
            " UNION ALL"
            " SELECT client_id, subject, scope, session_id, account_id, acr, ial, amr, auth_at, consent_id,"
            " revoked_at IS NOT NULL FROM idp.refresh_token AS refresh"
            " WHERE refresh.digest = token.refresh_token) AS source"
            " LEFT JOIN idp.consent AS consent ON consent.consent_id = source.consent_id"
            " WHERE token.digest = %(token)s AND token.expires_at > %(at)s"
            " AND NOT source.is_revoked AND consent.ended_at IS NULL",
            token=token,
            at=at,
        )
        if row is None:
            return None
        return LiveToken(_grant(row), row["jkt"], row["token_issued_at"], row["token_expires_at"])

    async def revoke_token(self, token: bytes, *, client_id: str, at: dt.datetime) -> None:
        await self._count(
            "WITH over AS (UPDATE idp.refresh_token SET revoked_at = %(at)s"
            " WHERE digest = %(token)s AND client_id = %(client)s AND revoked_at IS NULL)"
            " DELETE FROM idp.access_token AS token WHERE token.digest = %(token)s AND (EXISTS"
            " (SELECT FROM idp.code WHERE code.digest = token.code AND code.client_id = %(client)s)"
            " OR EXISTS (SELECT FROM idp.refresh_token AS refresh"
            " WHERE refresh.digest = token.refresh_token AND refresh.client_id = %(client)s))",
            token=token,
            client=client_id,
            at=at,
        )

    async def end_session(self, session_id: UUID) -> None:
        await self._count("DELETE FROM idp.sso_session WHERE session_id = %(session)s", session=session_id)

    async def sessions_of(self, account_id: UUID, *, at: dt.datetime) -> list[SsoSession]:
        rows = await self._all(
            "SELECT * FROM idp.sso_session WHERE account_id = %(account)s AND expires_at > %(at)s"
            " AND used_at > %(idle)s ORDER BY started_at DESC, session_id DESC",
            account=account_id,
            at=at,
            idle=at - SESSION_IDLE,
        )
        return [_session(row) for row in rows]

    async def end_sessions_of(self, account_id: UUID) -> int:
        return await self._count(
            "DELETE FROM idp.sso_session WHERE account_id = %(account)s", account=account_id
        )


def _authentication(row: DictRow) -> Authentication:
    auth_at = row["auth_at"]
    return Authentication(
        account_id=UUID(str(row["account_id"])),
        acr=row["acr"],
        ial=row["ial"],
        amr=tuple(row["amr"]),
        auth_at=auth_at if isinstance(auth_at, dt.datetime) else dt.datetime.fromisoformat(auth_at),
    )


def _authentication_values(authentication: Authentication) -> dict[str, Any]:
    return {**asdict(authentication), "amr": list(authentication.amr)}


def _answer_document(answer: Authentication | str) -> dict[str, Any]:
    if isinstance(answer, str):
        return {"error": answer}
    return {
        **_authentication_values(answer),
        "account_id": str(answer.account_id),
        "auth_at": answer.auth_at.isoformat(),
    }


def _allowed_document(allowed: Allowed) -> dict[str, Any]:
    document: dict[str, Any] = {"allowed": list(allowed.scopes)}
    if allowed.consent_id is None or allowed.until is None:
        return document
    return {**document, "consent": {"id": str(allowed.consent_id), "until": allowed.until.isoformat()}}


def _allowed(answer: dict[str, Any]) -> Allowed:
    # An answer of a version before has no scopes, or no consent.
    scopes, consent = tuple(answer.get("allowed", ())), answer.get("consent")
    if consent is None:
        return Allowed(scopes)
    return Allowed(scopes, UUID(consent["id"]), dt.datetime.fromisoformat(consent["until"]))


def _session(row: DictRow) -> SsoSession:
    return SsoSession(row["session_id"], _authentication(row), row["started_at"], row["used_at"])


def _login(row: DictRow) -> PendingLogin:
    return PendingLogin(
        row["request_digest"],
        AuthorizationRequest(**row["request"]),
        row["only_account_id"],
        row["asked_at"],
    )


def _grant(row: DictRow) -> Grant:
    return Grant(
        row["client_id"],
        row["subject"],
        row["scope"],
        row["session_id"],
        _authentication(row),
        row["consent_id"],
    )
