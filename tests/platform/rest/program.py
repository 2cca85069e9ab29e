"""A program that a person allowed something: it holds a key, and brings token and proof for each call."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode

from panjereh.domain.people.models import Consent
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor
from tests.platform.people.allowed import keep_consent
from tests.platform.rest.described import SERVICE

ISSUER = "http://127.0.0.1:9"
EVERYTHING = "openid cases:read cases:withdraw documents:read accesses:read"


@dataclass
class Program:
    """Honest unless told otherwise: every part of a call can be overridden."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256"))
    client: Client = field(default_factory=Client)

    def proof(self, method: str, path: str, header: Mapping[str, Any] | None = None, **claims: Any) -> str:
        exported = self.key.as_dict(private=False)
        jwk = {name: exported[name] for name in ("kty", "crv", "x", "y")}
        honest = {
            "htm": method,
            "htu": f"{settings.PANJEREH.public_url}{SERVICE}{path.split('?', maxsplit=1)[0]}",
            "jti": secrets.token_urlsafe(16),
            "iat": int(edge.now().timestamp()),
            "ath": urlsafe_b64encode(hashlib.sha256(self.token.encode()).digest()).decode(),
        }
        head = {"alg": "ES256", "typ": "dpop+jwt", "jwk": jwk, **(header or {})}
        return jwt.encode(head, {**honest, **claims}, self.key, ["ES256"])

    def headers(self, method: str, path: str, **claims: Any) -> dict[str, str]:
        return {"authorization": f"DPoP {self.token}", "dpop": self.proof(method, path, **claims)}

    def get(self, path: str, **more: str) -> HttpResponse:
        return self.client.get(f"{SERVICE}{path}", headers=self.headers("GET", path) | more)

    def post(self, path: str, body: object = None, **more: str) -> HttpResponse:
        return self.client.post(
            f"{SERVICE}{path}",
            json.dumps(body),
            content_type="application/json",
            headers=self.headers("POST", path) | more,
        )


def allow_everything(actor: Actor) -> Consent:
    """Have a person allow the practice bank whatever there is."""
    return keep_consent(actor, scope=EVERYTHING.removeprefix("openid "), at=edge.now())


@dataclass
class Tokens:
    """The identity provider's introspection: what it says of the tokens it knows. `test_real_tokens` holds it
    to what the real one says."""

    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    is_away: bool = False
    says: httpx.Response | None = None

    def give(self, program: Program, actor: Actor, *, scope: str = EVERYTHING, **changes: Any) -> Program:
        """Give a program a token for what its person allowed it: everything."""
        allow_everything(actor)
        self.known[program.token] = {
            "active": True,
            "iss": ISSUER,
            "client_id": "practice-bank",
            "sub": str(actor.account_id),
            "aud": ["portal"],
            "scope": scope,
            "token_type": "DPoP",
            "acr": "1",
            "cnf": {"jkt": program.key.thumbprint()},
            **changes,
        }
        return program

    def post(self, address: str, *, data: dict[str, str]) -> httpx.Response:
        assert address == f"{ISSUER}/introspect"
        if self.is_away:
            raise httpx.ConnectTimeout("away")
        return self.says or httpx.Response(200, json=self.known.get(data["token"], {"active": False}))
