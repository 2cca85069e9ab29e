"""A program that a person allows to see their requests: FAPI 2.0 from end to end, against a practice country.

Run it in the checkout while `./dev up` runs, with the addresses that `./dev status` names:

    .venv/bin/python docs/tutorials/act-for-a-person.py WINDOW IDENTITY-PROVIDER KEY [LANGUAGE]

The key is the practice bank's, `.run/keys/practice-bank/client.pem`. The language is that of the pages where
the person signs in and allows: `fa`, or `en`.
"""
# ruff: noqa: INP001, T201, TID251 -- a script beside the page that explains it; it is its own edge

import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode

CLIENT, CALLBACK = "practice-bank", "http://127.0.0.1:8499/callback"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SCOPE = "openid cases:read"


def hashed(text: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()


def signed(claims: dict[str, Any], key: ECKey, **header: Any) -> str:
    now = int(time.time())
    return jwt.encode(
        {"alg": "ES256", **header}, {"iat": now, "jti": secrets.token_urlsafe(16), **claims}, key
    )


def proof(key: ECKey, method: str, address: str, **claims: str) -> str:
    """Prove for one request that we hold the key the token is bound to (RFC 9449)."""
    jwk = {
        name: value for name, value in key.as_dict(private=False).items() if name in ("kty", "crv", "x", "y")
    }
    return signed({"htm": method, "htu": address, **claims}, key, typ="dpop+jwt", jwk=jwk)


def post(
    issuer: str, path: str, form: dict[str, str], *, client_key: ECKey, dpop_key: ECKey
) -> dict[str, Any]:
    """Call the identity provider: say who we are with our registered key, and which key the token is for."""
    claims = {"iss": CLIENT, "sub": CLIENT, "aud": issuer, "exp": int(time.time()) + 60}
    assertion = signed(claims, client_key, kid=client_key.thumbprint())
    answer = httpx.post(
        issuer + path,
        data={**form, "client_assertion_type": ASSERTION, "client_assertion": assertion},
        headers={"DPoP": proof(dpop_key, "POST", issuer + path)},
    )
    answer.raise_for_status()
    return dict(answer.json())


def wait_for_browser() -> dict[str, str]:
    """Wait until the browser comes back with a code, or with the news that nothing was allowed."""
    brought: dict[str, str] = {}

    class Callback(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            brought.update({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"You may close this window.")

        def log_message(self, *_: Any) -> None:
            """Keep the code out of every log."""

    with HTTPServer(("127.0.0.1", 8499), Callback) as server:
        while not brought.keys() & {"code", "error"}:
            server.handle_request()
    return brought


def read_cases(window: str, token: str, dpop_key: ECKey) -> None:
    """Read the person's cases, with a proof made for this one request."""
    address = f"{window}/api/v1/me/cases"
    headers = {"Authorization": f"DPoP {token}", "DPoP": proof(dpop_key, "GET", address, ath=hashed(token))}
    answer = httpx.get(address, headers=headers).raise_for_status()
    print(json.dumps(answer.json(), ensure_ascii=False, indent=1))


def main(window: str, issuer: str, key_file: str, language: str = "fa") -> None:
    client_key = ECKey.import_key(Path(key_file).read_text(encoding="ascii"))
    dpop_key, verifier = ECKey.generate_key("P-256"), secrets.token_urlsafe(32)
    keys = {"client_key": client_key, "dpop_key": dpop_key}
    asked = {
        "response_type": "code",
        "scope": SCOPE,
        "ui_locales": language,
        "redirect_uri": CALLBACK,
        "code_challenge": hashed(verifier),
        "code_challenge_method": "S256",
    }
    pushed = post(issuer, "/par", asked, **keys)
    query = urlencode({"client_id": CLIENT, "request_uri": pushed["request_uri"]})
    print(f"Open within a minute: {issuer}/authorize?{query}", flush=True)
    brought = wait_for_browser()
    if brought.get("iss") != issuer or "code" not in brought:
        sys.exit(f"Not allowed: {brought.get('error')}")
    form = {"code": brought["code"], "redirect_uri": CALLBACK, "code_verifier": verifier}
    tokens = post(issuer, "/token", {"grant_type": "authorization_code", **form}, **keys)
    read_cases(window, tokens["access_token"], dpop_key)
    # The token lives ten minutes. Whoever was allowed it for longer gets the next one without the person.
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    read_cases(window, post(issuer, "/token", form, **keys)["access_token"], dpop_key)


if __name__ == "__main__":
    main(*sys.argv[1:])
