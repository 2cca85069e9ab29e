"""The program around the protocol: its settings, its database, its caps, its health."""

import dataclasses
import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from panjereh_idp import cli
from panjereh_idp.adapters.http.browser import BROWSER, SESSION
from panjereh_idp.adapters.limits import MAX_CALLERS, CallLimit
from panjereh_idp.adapters.migrate import migrate, names
from panjereh_idp.adapters.patience import PatientConnection
from panjereh_idp.adapters.settings import Settings, read_migration_settings, read_settings
from panjereh_idp.adapters.store import EXPIRING
from panjereh_idp.asgi import build
from panjereh_idp.protocol.refusals import TooManyRequests
from panjereh_kernel.environment import EnvironmentFaulty
from tests.idp.actors import ISSUER, NOON, ClientActor, Clock, Country, new_key

EVERYTHING = "SELECT " + " + ".join(f"(SELECT count(*) FROM idp.{table})" for table in EXPIRING)  # noqa: S608 -- our own table names


@pytest.fixture
def environment(tmp_path: Path, client_documents: list[dict[str, Any]]) -> dict[str, str]:
    (tmp_path / "clients.json").write_text(json.dumps(client_documents), encoding="utf-8")
    (tmp_path / "signing.pem").write_bytes(new_key().as_pem(private=True))
    (tmp_path / "pairwise.key").write_text("cGFpcndpc2Uta2V5LW9mLTMyLWJ5dGVzLWluLXRlc3Q", encoding="ascii")
    return {
        "PANJEREH_PROFILE": "practice",
        "PANJEREH_IDP_ISSUER": ISSUER,
        "PANJEREH_IDP_LISTEN": "127.0.0.1:9100",
        "PANJEREH_IDP_ACCOUNT_URL": "http://127.0.0.1:8000/account/sign-in/",
        "PANJEREH_IDP_CLIENTS_FILE": str(tmp_path / "clients.json"),
        "PANJEREH_IDP_SIGNING_KEY_FILE": str(tmp_path / "signing.pem"),
        "PANJEREH_IDP_PAIRWISE_KEY_FILE": str(tmp_path / "pairwise.key"),
        "PANJEREH_IDP_DATABASE_URL": "postgresql://app@/idp",
    }


def test_settings_are_read_from_the_environment(environment: dict[str, str]) -> None:
    settings = read_settings(environment)

    assert (settings.listen, settings.is_https) == (("127.0.0.1", 9100), False)
    assert settings.pairwise_key == b"pairwise-key-of-32-bytes-in-test"


def test_a_signing_key_may_be_a_jwk(environment: dict[str, str], tmp_path: Path) -> None:
    key = new_key()
    (tmp_path / "signing.pem").write_text(json.dumps(key.as_dict(private=True)), encoding="ascii")

    assert read_settings(environment).signing_key.thumbprint() == key.thumbprint()


def test_all_faults_are_told_at_once(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    monkeypatch.setattr("os.environ", {})

    with pytest.raises(SystemExit) as ended:
        cli.main(["serve"])

    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert told.count("is not set") == 7


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISSUER", "http://example.org"),
        ("ISSUER", "https://example.org/"),
        ("ISSUER", "https://example.org/path"),
        ("LISTEN", "9100"),
        ("LISTEN", "127.0.0.1:x"),
        ("ACCOUNT_URL", "ftp://x"),
        ("CLIENTS_FILE", "/nowhere"),
        ("SIGNING_KEY_FILE", "/nowhere"),
        ("DATABASE_URL", "sqlite://x"),
        ("CALLS_PER_MINUTE", "0"),
        ("CALLS_PER_MINUTE", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "all"),
    ],
)
def test_a_wrong_setting_is_named(environment: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(EnvironmentFaulty, match=f"PANJEREH_IDP_{name}"):
        read_settings({**environment, f"PANJEREH_IDP_{name}": value})


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("clients.json", "{"),
        ("clients.json", "[{}]"),
        ("signing.pem", "x"),
        ("signing.pem", "{}"),
        ("pairwise.key", "c2hvcnQ"),
        ("pairwise.key", "***"),
    ],
)
def test_a_wrong_file_is_a_fault(
    environment: dict[str, str], tmp_path: Path, file: str, content: str
) -> None:
    (tmp_path / file).write_text(content, encoding="ascii")

    with pytest.raises(EnvironmentFaulty):
        read_settings(environment)


def test_a_public_key_signs_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "signing.pem").write_bytes(new_key().as_pem(private=False))

    with pytest.raises(EnvironmentFaulty, match="private"):
        read_settings(environment)


@pytest.fixture
def in_production(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    for name in ("signing.pem", "pairwise.key"):
        (tmp_path / name).chmod(0o600)
    return environment | {"PANJEREH_PROFILE": "production"}


def test_a_provider_with_keys_of_its_own_starts_in_production(in_production: dict[str, str]) -> None:
    assert read_settings(in_production).profile == "production"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PANJEREH_IDP_LISTEN", "0.0.0.0:9100"),
        ("PANJEREH_IDP_ISSUER", "http://idp.example"),
        ("PANJEREH_IDP_ACCOUNT_URL", "http://window.example/"),
        ("PANJEREH_IDP_METRICS_LISTEN", "0.0.0.0:9200"),
        ("PANJEREH_IDP_DATABASE_URL", "postgresql://app:app@/idp"),
        ("PANJEREH_IDP_DATABASE_URL", "postgresql://app:changeme@/idp"),
        ("PYTHONDEVMODE", "1"),
    ],
)
def test_production_refuses_by_name(in_production: dict[str, str], name: str, text: str) -> None:
    assert names_of_faults(in_production | {name: text}) == [name]


@pytest.mark.parametrize(
    ("file", "name"), [("signing.pem", "SIGNING_KEY_FILE"), ("pairwise.key", "PAIRWISE_KEY_FILE")]
)
def test_production_refuses_a_key_that_anybody_can_read(
    in_production: dict[str, str], tmp_path: Path, file: str, name: str
) -> None:
    (tmp_path / file).chmod(0o604)

    assert names_of_faults(in_production) == [f"PANJEREH_IDP_{name}"]


def test_production_refuses_a_key_that_nobody_drew(in_production: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "pairwise.key").write_text("A" * 43, encoding="ascii")

    assert names_of_faults(in_production) == ["PANJEREH_IDP_PAIRWISE_KEY_FILE"]


def test_production_refuses_what_the_practice_country_made(
    in_production: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "PRACTICE").touch()

    assert names_of_faults(in_production) == [
        f"PANJEREH_IDP_{name}" for name in ("CLIENTS_FILE", "SIGNING_KEY_FILE", "PAIRWISE_KEY_FILE")
    ]


def names_of_faults(variables: dict[str, str]) -> list[str]:
    with pytest.raises(EnvironmentFaulty) as refused:
        read_settings(variables)
    return [fault.partition(":")[0] for fault in refused.value.faults]


def test_the_address_of_the_database_may_stand_in_a_file(
    in_production: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "address"
    path.write_text("postgresql://app:k3Jw8z@/idp\n", encoding="ascii")
    path.chmod(0o600)
    by_file = {**in_production, "PANJEREH_IDP_DATABASE_URL_FILE": str(path)}

    assert names_of_faults(by_file) == ["PANJEREH_IDP_DATABASE_URL"]
    del by_file["PANJEREH_IDP_DATABASE_URL"]
    assert read_settings(by_file).database_url == "postgresql://app:k3Jw8z@/idp"
    path.chmod(0o644)
    assert names_of_faults(by_file) == ["PANJEREH_IDP_DATABASE_URL_FILE"]


def test_a_setting_nobody_reads_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANJEREH_IDP_ISSUR", "x")

    with pytest.raises(SystemExit):
        cli.main(["serve"])

    assert (
        "unknown setting: PANJEREH_IDP_ISSUR (meant is perhaps PANJEREH_IDP_ISSUER)"
        in capsys.readouterr().err
    )


def test_migrating_needs_the_owner() -> None:
    with pytest.raises(EnvironmentFaulty, match="DATABASE_OWNER_URL"):
        read_migration_settings({"PANJEREH_IDP_DATABASE_URL": "postgresql://app@/idp"})


def test_the_application_must_be_a_named_role(database: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="role"):
        migrate(database["owner"], application_url="postgresql:///idp")


def test_migrating_twice_changes_nothing(database: dict[str, str]) -> None:
    assert migrate(database["owner"], application_url=database["application"]) == []
    assert names() == ["0001_first_tables.sql", "0002_consents_and_refresh_tokens.sql"]


def test_the_command_migrates(database: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANJEREH_IDP_DATABASE_URL", database["application"])
    monkeypatch.setenv("PANJEREH_IDP_DATABASE_OWNER_URL", database["owner"])

    cli.main(["migrate"])


def test_the_application_cannot_change_tables_or_tokens(database: dict[str, str]) -> None:
    for statement in (
        "DROP TABLE idp.code",
        "UPDATE idp.access_token SET jkt = 'x'",
        "CREATE TABLE idp.x ()",
    ):
        with (
            psycopg.connect(database["application"]) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.mark.anyio
async def test_everything_that_expires_is_swept(country: Country, database: dict[str, str]) -> None:
    await country.tokens()
    await country.challenge(acr_values="2")

    # Longer than anybody here allows anything, other tests too.
    await country.app.state.runtime.store.purge(at=NOON + dt.timedelta(days=100))

    with psycopg.connect(database["owner"]) as owner:
        assert owner.execute(EVERYTHING).fetchone() == (0,)  # type: ignore[call-overload]


@pytest.mark.anyio
async def test_no_secret_is_stored_in_the_clear(country: Country, database: dict[str, str]) -> None:
    tokens = await country.tokens()
    cookies = [country.browser.cookies[SESSION], country.browser.cookies[BROWSER]]

    with psycopg.connect(database["owner"]) as owner:
        rows = [
            str(owner.execute(f"SELECT * FROM idp.{table}").fetchall())  # type: ignore[call-overload]  # noqa: S608
            for table in EXPIRING
        ]
    for secret in (tokens["access_token"], *cookies):
        assert not any(secret in row for row in rows)


@pytest.mark.anyio
async def test_health_is_told(country: Country) -> None:
    assert (await country.browser.get("/health/live")).json() == {"status": "live"}
    assert (await country.browser.get("/health/ready")).json() == {"status": "ready"}


@pytest.mark.anyio
async def test_a_pending_migration_is_told(country: Country, database: dict[str, str]) -> None:
    with psycopg.connect(database["owner"], autocommit=True) as owner:
        owner.execute("UPDATE idp.migration SET name = '-' WHERE name = %s", [names()[-1]])
        try:
            answer = await country.browser.get("/health/ready")
        finally:
            owner.execute("UPDATE idp.migration SET name = %s WHERE name = '-'", [names()[-1]])

    assert (answer.status_code, answer.json()["failing"]) == (503, ["migration-pending"])
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.anyio
@pytest.mark.slow
async def test_while_the_database_is_away_nothing_is_promised(settings: Settings, clock: Clock) -> None:
    app = build(dataclasses.replace(settings, database_url="postgresql://x@127.0.0.1:9/x"), clock=clock)
    provider = app.state.runtime.provider
    pool = provider.store._pool
    pool.timeout = 0.05
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ISSUER) as http,
    ):
        ready = await http.get("/health/ready")
        http.cookies.set(BROWSER, "b" * 43)
        page = await http.get("/authorize/resume", params={"verifier": "v" * 43})

    assert (ready.status_code, page.status_code) == (503, 503)
    assert ready.json()["failing"] == ["database-away"]


@pytest.mark.anyio
async def test_a_refusal_is_logged_by_the_name_of_what_refused_and_never_by_its_address(
    country: Country, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    await country.browser.get("/authorize", params={"login_hint": "9991234569"})
    await country.browser.get("/account-plane/login-challenges/9991234569")

    assert "authorize_endpoint" in caplog.text
    assert "9991234569" not in "".join(
        each.getMessage() for each in caplog.records if each.name.startswith("panjereh")
    )


@pytest.mark.anyio
async def test_a_connection_that_the_database_ended_is_replaced(
    country: Country, database: dict[str, str], admin_url: str
) -> None:
    await country.challenge()
    with psycopg.connect(admin_url) as admin:
        ended = admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %(dbname)s AND usename = %(user)s",
            conninfo_to_dict(database["application"]),
        ).fetchall()

    assert ended
    assert await country.challenge()


@pytest.mark.anyio
async def test_over_tls_the_cookies_are_for_this_host_alone(
    settings: Settings, clock: Clock, keys: dict[str, Any]
) -> None:
    issuer = "https://sign-in.example"
    app = build(dataclasses.replace(settings, issuer=issuer), clock=clock)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=issuer) as http,
    ):
        portal = ClientActor(http, clock, "portal", keys["portal"])
        assertion = portal.assertion(aud=issuer)
        pushed = (await portal.push(client_assertion=assertion)).json()
        answer = await http.get(
            "/authorize", params={"client_id": "portal", "request_uri": pushed["request_uri"]}
        )

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-panjereh_idp_browser=")
    assert all(part in cookie for part in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"))
    assert "Domain" not in cookie


@pytest.mark.anyio
async def test_too_many_calls_are_turned_away_before_any_signature_is_checked(
    settings: Settings, clock: Clock
) -> None:
    app = build(dataclasses.replace(settings, calls_per_minute=2), clock=clock)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as http:
        answers = [await http.post("/token", data={"a": "b"}) for _ in range(3)]
        clock.advance(seconds=60)
        later = await http.post("/token", data={"a": "b"})

    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[2].headers["retry-after"] == "60"
    assert later.status_code == 401


@pytest.mark.anyio
@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 401)])
async def test_behind_a_trusted_proxy_each_caller_has_a_cap_of_its_own(
    settings: Settings, clock: Clock, proxies: int, last: int
) -> None:
    app = build(dataclasses.replace(settings, calls_per_minute=1, trusted_proxies=proxies), clock=clock)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as http:
        answers = [
            await http.post("/token", data={"a": "b"}, headers={"x-forwarded-for": f"198.51.100.9, {caller}"})
            for caller in ("192.0.2.1", "192.0.2.2")
        ]

    assert [answer.status_code for answer in answers] == [401, last]


@pytest.mark.anyio
async def test_a_database_that_falls_silent_is_given_up(settings: Settings) -> None:
    class Hasty(PatientConnection):
        patience = 0.2

    async with await Hasty.connect(settings.database_url) as connection:
        with pytest.raises(psycopg.OperationalError, match="silent"):
            await connection.execute("SELECT pg_sleep(5)")

        assert connection.closed


def test_the_cap_remembers_a_bounded_number_of_callers() -> None:
    limit = CallLimit(1)
    limit.count("first", at=NOON)
    with pytest.raises(TooManyRequests):
        limit.count("first", at=NOON)
    for caller in range(MAX_CALLERS):
        limit.count(str(caller), at=NOON)

    limit.count("first", at=NOON)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        ("a=1", "application/json", "body-must-be-a-form"),
        ("a=1&a=2", "application/x-www-form-urlencoded", "parameter-repeated"),
        ("a=%ff", "application/x-www-form-urlencoded", "parameters-malformed"),
        ("&".join(f"a{n}=1" for n in range(60)), "application/x-www-form-urlencoded", "parameters-malformed"),
        ("a=" + "x" * 20_000, "application/x-www-form-urlencoded", "body-too-long"),
    ],
)
async def test_a_body_that_is_no_form_is_refused(
    country: Country, content: str, kind: str, reason: str
) -> None:
    answer = await country.browser.post("/par", content=content, headers={"Content-Type": kind})

    assert (answer.status_code, answer.json()["error_description"]) == (400, reason)


def test_a_migration_that_met_a_lock_comes_again(
    database: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panjereh_idp.adapters.migrate._LIMITS", "SET LOCAL lock_timeout = '50ms'")
    pauses: list[float] = []
    with psycopg.connect(database["owner"]) as holder:
        holder.execute("LOCK TABLE idp.migration")

        def let_go(seconds: float) -> None:
            pauses.append(seconds)
            holder.rollback()

        applied = migrate(database["owner"], application_url=database["application"], sleep=let_go)

    assert (applied, pauses) == ([], [1.0])
