"""Those who take part in a sign-in: a clock, a client with its keys, a browser, an account plane."""

import datetime as dt
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.util import urlsafe_b64encode

ISSUER = "http://127.0.0.1:9100"
ACCOUNT_URL = "http://127.0.0.1:8000/account/sign-in/"
CALLBACK = "http://127.0.0.1:8000/sign-in/callback"
HOME = "http://127.0.0.1:8000/"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
ACCOUNT = UUID("01936f00-0000-7000-8000-000000000001")


@dataclass
class Clock:
    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        self.now += dt.timedelta(**delta)


def new_key() -> ECKey:
    return ECKey.generate_key("P-256")


def public(key: ECKey) -> dict[str, Any]:
    return dict(key.as_dict(private=False))


def sign(claims: dict[str, Any], key: Any, **header: Any) -> str:
    """Sign as freely as an attacker would: any algorithm, any header."""
    header = {name: value for name, value in {"alg": "ES256", **header}.items() if value is not None}
    if header["alg"] == "none":
        return ".".join((b64(json.dumps(header).encode()), b64(json.dumps(claims).encode()), ""))
    registry = jws.JWSRegistry(algorithms=[header["alg"]], strict_check_header=False)
    return jwt.encode(header, claims, key, registry=registry, default_type=None)


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()


def rsa_key() -> RSAKey:
    return RSAKey.generate_key(2048)


def secret_key() -> OctKey:
    return OctKey.generate_key(256)


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@dataclass
class ClientActor:
    """A registered client as an honest one behaves; every part can be overridden."""

    http: httpx.AsyncClient
    clock: Clock
    client_id: str
    key: ECKey
    dpop_key: ECKey = field(default_factory=new_key)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    redirect_uri: str = CALLBACK

    def assertion(self, **claims: Any) -> str:
        now = int(self.clock().timestamp())
        honest = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": ISSUER,
            "jti": secrets.token_urlsafe(16),
            "iat": now,
            "exp": now + 60,
        }
        kept = {name: value for name, value in {**honest, **claims}.items() if value is not None}
        return sign(kept, self.key, kid=self.key.thumbprint())

    def auth(self, **changes: str) -> dict[str, str]:
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self.assertion(), **changes}

    def proof(self, path: str, *, method: str = "POST", token: str | None = None, **claims: Any) -> str:
        honest: dict[str, Any] = {
            "htm": method,
            "htu": ISSUER + path,
            "jti": secrets.token_urlsafe(16),
            "iat": int(self.clock().timestamp()),
        }
        if token is not None:
            honest["ath"] = b64(hashlib.sha256(token.encode()).digest())
        kept = {name: value for name, value in {**honest, **claims}.items() if value is not None}
        jwk = {name: public(self.dpop_key)[name] for name in ("kty", "crv", "x", "y")}
        return sign(kept, self.dpop_key, typ="dpop+jwt", jwk=jwk)

    def request(self, **changes: str | None) -> dict[str, str]:
        honest = {
            "response_type": "code",
            "scope": "openid",
            "redirect_uri": self.redirect_uri,
            "state": "state-1",
            "nonce": "nonce-1",
            "code_challenge": b64(hashlib.sha256(self.verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in {**honest, **changes}.items() if value is not None}

    async def push(self, *, headers: dict[str, str] | None = None, **changes: str | None) -> httpx.Response:
        form = {**self.auth(), **self.request(**changes)}
        return await self.http.post("/par", data=form, headers=headers)

    async def start(self, **changes: str | None) -> dict[str, str]:
        """Push a request and return the parameters for /authorize."""
        answer = await self.push(**changes)
        assert answer.status_code == 201, answer.text
        return {"client_id": self.client_id, "request_uri": answer.json()["request_uri"]}

    async def exchange(
        self,
        code: str,
        *,
        proof: str | None = None,
        headers: Any = None,
        replaced: dict[str, str] | None = None,
        **changes: str | None,
    ) -> httpx.Response:
        form = {
            **self.auth(),
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
            **changes,
            **(replaced or {}),
        }
        kept = {name: value for name, value in form.items() if value is not None}
        if headers is None:
            headers = {"DPoP": proof or self.proof("/token")}
        return await self.http.post("/token", data=kept, headers=headers)

    async def refresh(self, refresh_token: str, **changes: str) -> httpx.Response:
        form = {**self.auth(), "grant_type": "refresh_token", "refresh_token": refresh_token, **changes}
        return await self.http.post("/token", data=form, headers={"DPoP": self.proof("/token")})

    async def revoke(self, token: str) -> httpx.Response:
        return await self.http.post("/revoke", data={**self.auth(), "token": token})

    async def userinfo(self, token: str, *, proof: str | None = None) -> httpx.Response:
        proof = proof or self.proof("/userinfo", method="GET", token=token)
        return await self.http.get("/userinfo", headers={"Authorization": f"DPoP {token}", "DPoP": proof})

    async def introspect(self, token: str) -> dict[str, Any]:
        answer = await self.http.post("/introspect", data={**self.auth(), "token": token})
        return dict(answer.json())


@dataclass
class AccountPlaneActor:
    """The account pages: they always believe it is the one account, unless told otherwise."""

    client: ClientActor

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.client.assertion()}"}

    async def fetch(self, challenge: str) -> httpx.Response:
        return await self.client.http.get(path_of(challenge), headers=self.headers())

    def found(self, **changes: Any) -> dict[str, Any]:
        return {
            "account_id": str(ACCOUNT),
            "acr": 1,
            "ial": 1,
            "amr": ["sms"],
            "auth_time": int(self.client.clock().timestamp()),
            **changes,
        }

    async def accept(self, challenge: str, **changes: Any) -> httpx.Response:
        return await self.client.http.post(
            f"{path_of(challenge)}/accept", json=self.found(**changes), headers=self.headers()
        )

    async def reject(self, challenge: str, error: str = "access_denied") -> httpx.Response:
        return await self.client.http.post(
            f"{path_of(challenge)}/reject", json={"error": error}, headers=self.headers()
        )

    async def end_consent(self, consent_id: object) -> httpx.Response:
        path = f"/account-plane/consents/{consent_id}"
        return await self.client.http.delete(path, headers=self.headers())


def path_of(challenge: str) -> str:
    return f"/account-plane/login-challenges/{challenge}"


@dataclass
class Country:
    """Everybody together, over one provider."""

    app: Any
    clock: Clock
    portal: ClientActor
    agency: ClientActor
    account_plane: AccountPlaneActor
    browser: httpx.AsyncClient

    def new_browser(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=ISSUER)

    async def challenge(self, client: ClientActor | None = None, **changes: str | None) -> str:
        """Take the browser to the account plane and return the challenge it carries."""
        answer = await self.browser.get("/authorize", params=await (client or self.portal).start(**changes))
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"].startswith(ACCOUNT_URL), answer.headers["location"]
        return query_of(answer.headers["location"])["login_challenge"]

    async def sign_in(
        self, client: ClientActor | None = None, *, found: dict[str, Any] | None = None, **changes: str | None
    ) -> dict[str, str]:
        """Go the whole way and return what the browser carries to the client."""
        challenge = await self.challenge(client, **changes)
        accepted = await self.account_plane.accept(challenge, **(found or {}))
        assert accepted.status_code == 200, accepted.text
        answer = await self.browser.get(accepted.json()["redirect_to"])
        assert answer.status_code == 303, answer.text
        return query_of(answer.headers["location"])

    async def tokens(self, client: ClientActor | None = None, **changes: str | None) -> dict[str, Any]:
        """Sign in and exchange the code."""
        client = client or self.portal
        answer = await client.exchange((await self.sign_in(client, **changes))["code"])
        assert answer.status_code == 200, answer.text
        return dict(answer.json())
