"""A real identity provider on loopback, a browser that visits it and the portal, and one account."""

import contextlib
import dataclasses
import datetime as dt
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from django.http import HttpResponse
from django.test import Client
from joserfc.jwk import ECKey
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from panjereh.domain.people.models import Account, AccountState, Life, Subject
from panjereh.web.citizen.sign_in import account_plane, provider
from tests.failures.faulty_line import FaultyLine, line_to

PUBLIC_URL = "http://127.0.0.1:8000"
BANK_CALLBACK = "https://bank.example/callback"
SCOPES = ["cases:read", "documents:read"]
ROLES = ("idp_portal_owner", "idp_portal_app")


@dataclass(frozen=True)
class RunningProvider:
    issuer: str
    directory: Path
    signing_key: ECKey
    metrics: str
    line: FaultyLine

    def log(self) -> str:
        """Return all it has said."""
        return (self.directory / "log").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def running_provider(
    admin_url: str, run_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningProvider]:
    directory = tmp_path_factory.mktemp("idp")
    key = _write_files(directory)
    with (
        contextlib.ExitStack() as stack,
        _database(admin_url, f"test_idp_portal_{run_name}") as (owner, application),
    ):
        port, metrics_port = _free_port(), _free_port()
        line = stack.enter_context(line_to(f"127.0.0.1:{port}"))
        issuer = line.url
        environment = {
            **os.environ,
            "PANJEREH_PROFILE": "practice",
            "PANJEREH_IDP_ISSUER": issuer,
            "PANJEREH_IDP_LISTEN": f"127.0.0.1:{port}",
            "PANJEREH_IDP_METRICS_LISTEN": f"127.0.0.1:{metrics_port}",
            "PANJEREH_IDP_ACCOUNT_URL": f"{PUBLIC_URL}/account/sign-in/",
            "PANJEREH_IDP_CLIENTS_FILE": str(directory / "clients.json"),
            "PANJEREH_IDP_SIGNING_KEY_FILE": str(directory / "provider.pem"),
            "PANJEREH_IDP_PAIRWISE_KEY_FILE": str(directory / "pairwise.key"),
            "PANJEREH_IDP_DATABASE_URL": application,
            "PANJEREH_IDP_DATABASE_OWNER_URL": owner,
            "PYTHONPATH": str(Path(__file__).resolve().parents[3] / "src"),
        }
        command = [sys.executable, "-m", "panjereh_idp"]
        subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
        log = (directory / "log").open("w")
        process = subprocess.Popen([*command, "serve"], env=environment, stdout=log, stderr=log)
        try:
            _wait_until_ready(issuer)
            yield RunningProvider(issuer, directory, key, f"http://127.0.0.1:{metrics_port}/metrics", line)
        finally:
            process.terminate()
            process.wait(10)
            log.close()


def _write_files(directory: Path) -> ECKey:
    keys = {name: ECKey.generate_key("P-256") for name in ("provider", "portal", "account-plane", "bank")}
    for name, key in keys.items():
        (directory / f"{name}.pem").write_bytes(key.as_pem(private=True))
    (directory / "pairwise.key").write_text(secrets.token_urlsafe(32))
    (directory / "clients.json").write_text(
        json.dumps(
            [
                {
                    "client_id": name,
                    "name": {"fa": "پنجره", "en": "Panjereh"},
                    "redirect_uris": [f"{PUBLIC_URL}/sign-in/callback"] if name == "portal" else [],
                    "post_logout_redirect_uris": [f"{PUBLIC_URL}/", f"{PUBLIC_URL}/en/"]
                    if name == "portal"
                    else [],
                    "jwks": {"keys": [keys[name].as_dict(private=False)]},
                    "sector": "window",
                    "subject_type": "public",
                    "first_party": True,
                    "roles": ["resource_server"] if name == "portal" else ["account_plane"],
                    "offers": SCOPES if name == "portal" else [],
                }
                for name in ("portal", "account-plane")
            ]
            + [_bank(keys["bank"])]
        )
    )
    return keys["provider"]


def _bank(key: ECKey) -> dict[str, Any]:
    """Return a program of somebody else's, which people may allow to read their things."""
    return {
        "client_id": "bank",
        "name": {"fa": "بانک تمرینی", "en": "Practice bank"},
        "redirect_uris": [BANK_CALLBACK],
        "post_logout_redirect_uris": [],
        "jwks": {"keys": [key.as_dict(private=False)]},
        "sector": "bank",
        "subject_type": "pairwise",
        "first_party": False,
        "roles": [],
        "scopes": SCOPES,
    }


@contextlib.contextmanager
def _database(admin_url: str, name: str) -> Iterator[tuple[str, str]]:
    owner, application = ROLES
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for role in ROLES:
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        admin.execute(drop)
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner))
        )
        parts = conninfo_to_dict(admin_url)
        query = "&".join(f"{key}={parts[key]}" for key in ("host", "port") if parts.get(key))
        yield f"postgresql://{owner}@/{name}?{query}", f"postgresql://{application}@/{name}?{query}"
        admin.execute(drop)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_ready(issuer: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{issuer}/health/ready", trust_env=False).is_success:
                return
        time.sleep(0.05)
    pytest.fail("the identity provider did not start")


@pytest.fixture
def portal_settings(running_provider: RunningProvider, settings: Any) -> Any:
    directory = running_provider.directory
    settings.PANJEREH = dataclasses.replace(
        settings.PANJEREH,
        public_url=PUBLIC_URL,
        idp_issuer=running_provider.issuer,
        portal_client_id="portal",
        portal_client_key_file=directory / "portal.pem",
        account_plane_client_id="account-plane",
        account_plane_client_key_file=directory / "account-plane.pem",
    )
    provider.forget_metadata()
    yield settings
    provider.forget_metadata()


@pytest.fixture
def account(db: None) -> Account:
    return make_account()


def make_account(state: str = AccountState.ACTIVE) -> Account:
    now = dt.datetime.now(tz=dt.UTC)
    subject = Subject.objects.create(
        id=uuid4(),
        sealed_given_name=b"-",
        sealed_family_name=b"-",
        sealed_father_name=b"-",
        sealed_birth_date=b"-",
        sealed_national_number=b"-",
        national_number_index=secrets.token_bytes(32),
        life=Life.ALIVE,
        source="civil.person",
        source_as_of=now,
        source_receipt_id=uuid4(),
        confirmed_at=now,
    )
    return Account.objects.create(
        id=uuid4(),
        subject=subject,
        sealed_mobile=b"-",
        mobile_index=secrets.token_bytes(32),
        mobile_source="phone.ownership",
        mobile_as_of=now,
        mobile_receipt_id=uuid4(),
        state=state,
        ial=1,
        opened_at=now,
        proven_at=now,
    )


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@dataclass
class Person:
    """Somebody with one browser: the portal's cookies in Django's client, the provider's in httpx."""

    account_id: UUID
    portal: Client = field(default_factory=lambda: Client(raise_request_exception=True))
    http: httpx.Client = field(default_factory=lambda: httpx.Client(trust_env=False))

    def leave(self, path: str = "/sign-in", **query: str) -> str:
        """Ask the portal to sign in; return where it sends the browser."""
        answer = self.portal.get(path, query)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def prove(self, address: str, *, acr: int = 1, auth_at: dt.datetime | None = None) -> str:
        """Visit the provider, be believed by the account plane, return the way back to the portal."""
        answer = self.http.get(address)
        assert answer.status_code == 303, answer.text
        challenge = query_of(answer.headers["location"]).get("login_challenge")
        if challenge is None:
            return str(answer.headers["location"])
        back = account_plane.accept(
            challenge,
            account_id=self.account_id,
            acr=acr,
            ial=1,
            amr=["sms"],
            auth_at=auth_at or dt.datetime.now(tz=dt.UTC),
        )
        return str(self.http.get(back).headers["location"])

    def come_back(self, address: str) -> HttpResponse:
        assert address.startswith(f"{PUBLIC_URL}/sign-in/callback?"), address
        return self.portal.get("/sign-in/callback", query_of(address))

    def sign_in(self, **query: str) -> HttpResponse:
        return self.come_back(self.prove(self.leave(**query), acr=int(query.get("acr", "1"))))


@pytest.fixture
def person(portal_settings: Any, account: Account) -> Iterator[Person]:
    someone = Person(account.id)
    yield someone
    someone.http.close()
