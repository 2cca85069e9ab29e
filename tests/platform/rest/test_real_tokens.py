"""A program comes by its token: the real identity provider, the real account pages, and our addresses."""

import datetime as dt
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client
from joserfc.jwk import ECKey

from panjereh.domain.people import api as people
from panjereh.plumbing import client_keys, edge
from tests.platform.account.conftest import Page
from tests.platform.jobs_now import run_waiting_jobs
from tests.platform.people.allowed import citizen
from tests.platform.people.conftest import registers  # noqa: F401 -- fixture
from tests.platform.people.desk import open_minas_account
from tests.platform.rest.program import Program
from tests.platform.sign_in.conftest import (
    BANK_CALLBACK,
    RunningProvider,
    portal_settings,  # noqa: F401 -- fixtures
    running_provider,  # noqa: F401
)

pytestmark = pytest.mark.slow
CODE = "314159"


@dataclass
class Bank:
    """A registered client as FAPI 2.0 wants it: a pushed request, an assertion each time, a bound token."""

    issuer: str
    key_file: Path
    dpop_key: ECKey
    verifier: str

    def post(self, path: str, **form: str) -> httpx.Response:
        at, address = edge.now(), f"{self.issuer}{path}"
        assertion = client_keys.client_assertion(
            client_id="bank",
            key=client_keys.client_key(self.key_file),
            audience=self.issuer,
            jti=secrets.token_urlsafe(8),
            at=at,
        )
        proof = client_keys.dpop_proof(
            key=self.dpop_key, method="POST", url=address, jti=secrets.token_urlsafe(8), at=at
        )
        known = {"client_assertion_type": client_keys.ASSERTION_TYPE, "client_assertion": assertion}
        return httpx.post(address, data={**form, **known}, headers={"DPoP": proof}, trust_env=False)

    def ask(self, scope: str) -> str:
        """Push the request; return where to send the browser."""
        pushed = self.post(
            "/par",
            response_type="code",
            scope=scope,
            redirect_uri=BANK_CALLBACK,
            code_challenge=client_keys.code_challenge(self.verifier),
            code_challenge_method="S256",
        )
        assert pushed.status_code == 201, pushed.text
        return f"{self.issuer}/authorize?client_id=bank&request_uri={pushed.json()['request_uri']}"

    def refresh(self, refresh_token: str) -> httpx.Response:
        return self.post("/token", grant_type="refresh_token", refresh_token=refresh_token)

    def is_active(self, token: str) -> bool:
        return bool(self.post("/introspect", token=token).json()["active"])

    def exchange(self, code: str) -> dict[str, Any]:
        answer = self.post(
            "/token",
            grant_type="authorization_code",
            code=code,
            redirect_uri=BANK_CALLBACK,
            code_verifier=self.verifier,
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture
def bank(running_provider: RunningProvider, portal_settings: Any) -> Bank:  # noqa: F811 -- the fixtures above
    return Bank(
        issuer=running_provider.issuer,
        key_file=running_provider.directory / "bank.pem",
        dpop_key=ECKey.generate_key("P-256"),
        verifier=secrets.token_urlsafe(32),
    )


@pytest.fixture
def at_mina(
    db: None,
    registers: Any,  # noqa: F811 -- the fixture above
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    # Another program reads the same clock.
    monkeypatch.setattr(edge, "now", lambda: dt.datetime.now(tz=dt.UTC))
    monkeypatch.setattr(edge, "draw_code", lambda: CODE)
    return open_minas_account()


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def go_through(address: str, answer: str) -> dict[str, str]:
    """Be Mina: sign in on the account pages, answer what the bank wants, return what the bank is brought."""
    page = Page(Client(), None)  # type: ignore[arg-type]
    with httpx.Client(trust_env=False) as browser:
        asked = browser.get(address)
        page.begin(query_of(asked.headers["location"])["login_challenge"])
        page.send(national_number="9990000018")
        page.send("code", code=CODE)
        page.get("finish")
        back = page.send("consent", answer=answer).headers["Location"]
        brought = browser.get(back).headers["location"]
    assert brought.startswith(BANK_CALLBACK), brought
    return query_of(brought)


def test_a_program_is_allowed_signs_for_each_call_and_sees_only_that(bank: Bank, at_mina: Any):
    brought = go_through(bank.ask("openid cases:read"), "allow")
    told = bank.exchange(brought["code"])
    program = Program(token=told["access_token"], key=bank.dpop_key)

    assert told["scope"] == "openid cases:read"
    assert program.get("/me/cases").json() == {"items": [], "next": None}
    assert program.get("/me/documents").status_code == 403
    assert Program(token=told["access_token"]).get("/me/cases").status_code == 401
    bank.post("/revoke", token=told["access_token"])
    assert program.get("/me/cases").json()["code"] == "access-token-not-good"


def test_a_program_renews_its_token_until_the_person_takes_it_back(bank: Bank, at_mina: Any):
    told = bank.exchange(go_through(bank.ask("openid cases:read"), "allow")["code"])
    renewed = bank.refresh(told["refresh_token"]).json()["access_token"]
    program = Program(token=renewed, key=bank.dpop_key)
    assert program.get("/me/cases").status_code == 200

    person = citizen(at_mina)
    (given,) = people.consents_of(actor=person, at=edge.now()).live
    people.take_back_consent(given.id, actor=person, at=edge.now())

    assert program.get("/me/cases").json()["code"] == "access-token-not-good"
    assert bank.is_active(renewed)  # the identity provider has not heard of it yet
    run_waiting_jobs()
    assert not bank.is_active(renewed)
    assert bank.refresh(told["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_program_that_is_not_allowed_gets_no_token(bank: Bank, at_mina: Any):
    brought = go_through(bank.ask("openid cases:read"), "refuse")

    assert brought["error"] == "access_denied"


def test_a_token_for_another_purpose_opens_nothing_of_ours(bank: Bank, at_mina: Any):
    with httpx.Client(trust_env=False) as browser:
        page = Page(Client(), None)  # type: ignore[arg-type]
        page.begin(query_of(browser.get(bank.ask("openid")).headers["location"])["login_challenge"])
        page.send(national_number="9990000018")
        page.send("code", code=CODE)
        brought = browser.get(page.get("finish").headers["Location"]).headers["location"]
    token = bank.exchange(query_of(brought)["code"])["access_token"]

    answer = Program(token=token, key=bank.dpop_key).get("/me/cases")

    assert answer.json()["code"] == "access-token-not-good"  # it has nothing of ours among its audiences
