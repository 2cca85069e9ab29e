"""What every answer of the provider says to a browser, whatever was asked and whatever went wrong."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from panjereh_idp.adapters.http import about
from panjereh_idp.adapters.http.headers import FIXED
from panjereh_idp.adapters.settings import Settings
from panjereh_idp.asgi import ROUTES, build
from tests.idp.actors import ISSUER, Clock, Country

SAME = (
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
)
NOBODYS = "019aaa25-df00-7000-8000-000000000001"
PARTS = {"challenge": "nobodys", "account_id": NOBODYS, "consent_id": NOBODYS}
PUBLIC = ("/.well-known/", "/jwks")


def every_request() -> Iterator[tuple[str, str]]:
    for route in ROUTES:
        path = route.path.replace(":uuid", "").format(**PARTS)
        yield from ((method, path) for method in sorted(route.methods or ()))
    yield from (("GET", "/nowhere"), ("PATCH", "/token"), ("DELETE", "/authorize"))


def faults_of(headers: Mapping[str, str]) -> list[str]:
    found = [f"{name}: {headers.get(name)}" for name in SAME if headers.get(name) != FIXED[name]]
    policy = headers.get("Content-Security-Policy", "")
    wanted = ("default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
    found += [f"policy lacks {part}" for part in wanted if part not in policy]
    return found + (["unsafe"] if "unsafe" in policy else [])


@pytest.mark.anyio
@pytest.mark.parametrize(("method", "path"), list(every_request()))
async def test_every_answer_says_what_a_browser_may_do_with_it(
    country: Country, method: str, path: str
) -> None:
    answer = await country.browser.request(method, path, follow_redirects=False)

    assert faults_of(answer.headers) == []
    is_kept = "no-store" not in answer.headers.get("Cache-Control", "")
    assert is_kept == (path.startswith(PUBLIC) and answer.status_code == 200)


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["/jwks", "/authorize"])
async def test_a_bug_says_nothing_and_carries_them_too(
    settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def break_down(*_args: Any, **_more: Any) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(about, "key_set", break_down)
    monkeypatch.setattr("panjereh_idp.adapters.http.browser.authorize", break_down)
    transport = httpx.ASGITransport(app=build(settings, clock=clock), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as http:
        answer = await http.get(path)

    assert (answer.status_code, faults_of(answer.headers)) == (500, [])
    assert "secret" not in answer.text


@pytest.mark.anyio
async def test_over_tls_browsers_are_told_to_stay_there(settings: Settings, clock: Clock) -> None:
    app = build(dataclasses.replace(settings, issuer="https://sign-in.example"), clock=clock)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ISSUER) as http:
        answer = await http.get("/jwks")

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
