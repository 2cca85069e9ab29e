"""A browser before the account pages, an identity provider behind them, and registers behind the exchange."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
import pytest
from django.test import Client

from panjereh.plumbing import edge
from panjereh.web.citizen.sign_in import provider
from tests.platform.people.conftest import registers
from tests.platform.people.desk import open_minas_account
from tests.platform.people.registers import AT

__all__ = ["registers"]

LOGIN = "login-challenge-of-mina"
BACK = "http://127.0.0.1:9/authorize?login_verifier=once"


@dataclass
class IdentityProvider:
    """Its login-challenge API: knows open challenges and what was answered to them, each once."""

    acr: int = 1
    ui_locale: str = "fa"
    scopes: list[str] = field(default_factory=list)
    open: set[str] = field(default_factory=lambda: {LOGIN, "second-login"})
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, **_edge: Any
    ) -> httpx.Response:
        handle, _, verb = path.removeprefix("/account-plane/login-challenges/").partition("/")
        if handle not in self.open:
            return httpx.Response(404)
        if method == "GET":
            return httpx.Response(200, json=self._challenge())
        self.open.discard(handle)
        self.told.append((verb, body or {}))
        return httpx.Response(200, json={"redirect_to": BACK})

    def _challenge(self) -> dict[str, Any]:
        is_bank = bool(self.scopes)
        return {
            "client_id": "bank" if is_bank else "portal",
            "client_name": {"fa": "بانک", "en": "Bank"} if is_bank else {"fa": "پنجره", "en": "Panjereh"},
            "first_party": not is_bank,
            "acr": self.acr,
            "max_age": None,
            "ui_locale": self.ui_locale,
            "account_id": None,
            "scopes": self.scopes,
            "client_origin": "https://bank.example",
        }


@pytest.fixture
def idp(monkeypatch: pytest.MonkeyPatch) -> IdentityProvider:
    fake = IdentityProvider()
    monkeypatch.setattr(provider, "call_as_account_plane", fake.call)
    return fake


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the code every draw gives in this test."""
    monkeypatch.setattr(edge, "draw_code", lambda: "314159")
    return "314159"


@dataclass
class Clock:
    """What time it is at the edge, until a test lets time pass."""

    at: dt.datetime = AT

    def pass_time(self, **span: float) -> None:
        self.at += dt.timedelta(**span)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(edge, "now", lambda: clock.at)
    return clock


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "wait_until", partial(edge.wait_until, seconds=0))


@pytest.fixture
def page(client: Client, idp: IdentityProvider, registers: Any, code: str) -> Iterator["Page"]:
    return Page(client, idp)


@pytest.fixture
def mina(registers: Any) -> Any:
    return open_minas_account()


class Page:
    """What a browser does: follow addresses and send forms, without scripts."""

    def __init__(self, client: Client, idp: IdentityProvider) -> None:
        self.client, self.idp, self.at = client, idp, ""

    def begin(self, login: str = LOGIN) -> Any:
        answer = self.client.get("/account/sign-in/", {"login_challenge": login})
        self.at = answer.headers.get("Location", "")
        return answer

    def step(self, name: str) -> str:
        return f"{self.at}{name}/" if name else self.at

    def get(self, name: str = "") -> Any:
        return self.client.get(self.step(name))

    def send(self, name: str = "", **fields: str) -> Any:
        return self.client.post(self.step(name), fields)

    def until_code(self, number: str = "۹۹۹۰۰۰۰۰۱۸") -> None:
        self.begin()
        self.send(national_number=number)

    def until_waiting(self) -> Any:
        self.until_code()
        self.send("birth-date", day="۲۱", month="۲", year="۱۳۶۹")
        return self.send("mobile", mobile="۰۹۸۰ ۰۰۰ ۰۰۰۱")
