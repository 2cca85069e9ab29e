"""The environment is read once, and every fault is told at once."""

import base64
import os
from pathlib import Path

import pytest

from panjereh.config.environment import EnvironmentFaulty, Profile, read_environment, unknown_variables
from panjereh.plumbing.wrapping import key_id


@pytest.fixture
def variables() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith("PANJEREH_")}


def test_a_right_environment_is_read(variables):
    assert read_environment(variables).profile is Profile.PRACTICE


def test_every_fault_is_told_at_once(variables):
    variables["PANJEREH_PUBLIC_URL"] = "window.example"
    variables["PANJEREH_DATABASE_URL"] = "mysql://x"
    del variables["PANJEREH_NODE_URL"]

    with pytest.raises(EnvironmentFaulty) as fault:
        read_environment(variables)

    assert [each.split(":")[0].split(" ")[0] for each in fault.value.faults] == [
        "PANJEREH_PUBLIC_URL",
        "PANJEREH_DATABASE_URL",
        "PANJEREH_NODE_URL",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("PANJEREH_SECRET_KEY_FILE", "short"),
        ("PANJEREH_WRAPPING_KEY_FILE", "not base64!"),
        ("PANJEREH_INDEX_KEY_FILE", "c2hvcnQ="),
    ],
)
def test_a_secret_that_is_none_is_refused(variables, tmp_path, name, content):
    path = tmp_path / "secret"
    path.write_text(content, encoding="ascii")

    with pytest.raises(EnvironmentFaulty) as fault:
        read_environment(variables | {name: str(path)})

    assert len(fault.value.faults) == 1


def test_a_folder_that_is_a_file_is_refused(variables, tmp_path):
    path = tmp_path / "state"
    path.write_text("", encoding="ascii")

    with pytest.raises(EnvironmentFaulty, match="not a folder"):
        read_environment(variables | {"PANJEREH_STATE_DIRECTORY": str(path)})


@pytest.fixture
def in_production(variables, tmp_path) -> dict[str, str]:
    variables |= {
        "PANJEREH_PROFILE": "production",
        "PANJEREH_PUBLIC_URL": "https://window.example",
        "PANJEREH_EXCHANGE_CLIENT": "IR/GOV/ito/window",
    }
    for name in [*KEY_FILES, "PANJEREH_DESK_CLIENT_KEY_FILE"]:
        path = tmp_path / f"drawn-{name}"
        path.write_text(base64.b64encode(os.urandom(32)).decode(), encoding="ascii")
        path.chmod(0o600)
        variables[name] = str(path)
    return variables


def faults_of(variables: dict[str, str]) -> list[str]:
    with pytest.raises(EnvironmentFaulty) as fault:
        read_environment(variables)
    return fault.value.faults


KEY_FILES = [
    "PANJEREH_SECRET_KEY_FILE",
    "PANJEREH_WRAPPING_KEY_FILE",
    "PANJEREH_INDEX_KEY_FILE",
    "PANJEREH_PORTAL_CLIENT_KEY_FILE",
    "PANJEREH_ACCOUNT_PLANE_CLIENT_KEY_FILE",
    "PANJEREH_DOCUMENT_KEY_FILE",
    "PANJEREH_AUDIT_KEY_FILE",
]


def copied(name: str, variables: dict[str, str], folder: Path) -> Path:
    (folder / "elsewhere").mkdir()
    path = folder / "elsewhere" / "key"
    path.write_bytes(Path(variables[name]).read_bytes())
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("name", KEY_FILES)
def test_production_refuses_a_key_of_the_practice_country(in_production, tmp_path, name):
    path = copied(name, in_production, tmp_path)
    (path.parent / "PRACTICE").touch()

    assert faults_of(in_production | {name: str(path)}) == [f"{name}: {path} belongs to the practice country"]


@pytest.mark.parametrize("name", KEY_FILES)
def test_production_refuses_a_key_that_anybody_can_read(in_production, tmp_path, name):
    path = copied(name, in_production, tmp_path)
    path.chmod(0o644)

    (fault,) = faults_of(in_production | {name: str(path)})

    assert fault.startswith(f"{name}: {path} is open to everybody")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PANJEREH_PUBLIC_URL", "http://window.example"),
        ("PANJEREH_NODE_URL", "http://node.example"),
        ("PANJEREH_IDP_ISSUER", "http://idp.example"),
        ("PANJEREH_REGISTRY_URL", "http://registry.example"),
        ("PANJEREH_LISTEN", "0.0.0.0:8000"),
        ("PANJEREH_LISTEN", "[::]:8000"),
    ],
)
def test_production_refuses_plain_http_beyond_this_machine(in_production, name, text):
    (fault,) = faults_of(in_production | {name: text})

    assert fault.startswith(f"{name}: must be")


@pytest.mark.parametrize("text", ["127.0.0.1:8000", "[::1]:8000", "localhost:8000"])
def test_production_listens_on_this_machine(in_production, text):
    assert read_environment(in_production | {"PANJEREH_LISTEN": text}).listen == text


def test_practice_takes_what_production_refuses(variables, tmp_path):
    path = copied("PANJEREH_AUDIT_KEY_FILE", variables, tmp_path)
    path.chmod(0o644)
    (path.parent / "PRACTICE").touch()
    variables |= {"PANJEREH_AUDIT_KEY_FILE": str(path), "PANJEREH_LISTEN": "0.0.0.0:8000"}

    assert read_environment(variables).is_practice


def test_what_is_missing_and_what_production_refuses_is_told_together(in_production):
    del in_production["PANJEREH_DATA_DIRECTORY"]
    in_production["PANJEREH_PUBLIC_URL"] = "http://window.example"

    assert faults_of(in_production) == [
        "PANJEREH_DATA_DIRECTORY is not set",
        "PANJEREH_PUBLIC_URL: must be https:// in production",
    ]


def test_an_address_that_cannot_be_read_is_told_once(in_production):
    (fault,) = faults_of(in_production | {"PANJEREH_NODE_URL": "node.example"})

    assert fault.startswith("PANJEREH_NODE_URL: ")


def test_wrapping_keys_may_come_as_a_value(variables):
    del variables["PANJEREH_WRAPPING_KEY_FILE"]
    variables["PANJEREH_WRAPPING_KEYS"] = base64.b64encode(b"v" * 32).decode()

    assert read_environment(variables).wrapping.current == key_id(b"v" * 32)


def test_wrapping_keys_come_from_one_place(variables):
    both = variables | {"PANJEREH_WRAPPING_KEYS": base64.b64encode(b"v" * 32).decode()}
    neither = {name: text for name, text in variables.items() if name != "PANJEREH_WRAPPING_KEY_FILE"}

    assert faults_of(both) == ["PANJEREH_WRAPPING_KEY_FILE and PANJEREH_WRAPPING_KEYS are both set: give one"]
    assert faults_of(neither) == ["PANJEREH_WRAPPING_KEY_FILE is not set"]


def test_no_secret_is_in_the_text_form_of_the_settings(variables):
    environment = read_environment(variables)

    assert environment.secret_key_file not in repr(environment)
    assert repr(b"w" * 32) not in repr(environment)


def test_what_looks_like_a_setting_and_is_none_is_named(variables):
    variables |= {
        "PANJEREH_WRAPING_KEY_FILE": "x",
        "PANJEREH_XYZ": "x",
        "PANJEREH_IDP_ISSUE": "x",
        "PATH": "x",
    }

    assert unknown_variables(variables) == [
        "PANJEREH_WRAPING_KEY_FILE (meant is perhaps PANJEREH_WRAPPING_KEY_FILE)",
        "PANJEREH_XYZ",
    ]


def test_production_is_the_default(in_production):
    del in_production["PANJEREH_PROFILE"]

    assert read_environment(in_production).profile is Profile.PRODUCTION


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PANJEREH_EXCHANGE_CLIENT", "PRACTICE/GOV/ito/window"),
        ("PANJEREH_DATABASE_URL", "postgresql://panjereh_app:panjereh_app@/panjereh"),
        ("PANJEREH_DATABASE_TRACE_URL", "postgresql://panjereh_trace:postgres@/panjereh"),
        ("PANJEREH_DATABASE_URL", "postgresql://app@db.example.org/panjereh"),
        ("PANJEREH_DATABASE_URL", "postgresql://app@127.0.0.1,db.example.org:5433/panjereh?sslmode=require"),
        ("PANJEREH_DATABASE_URL", "postgresql:///panjereh?host=db.example.org&user=app"),
        ("PANJEREH_METRICS_LISTEN", "0.0.0.0:9400"),
        ("PYTHONDEVMODE", "1"),
        ("PYTHONASYNCIODEBUG", "1"),
        ("PYTHONINSPECT", "1"),
    ],
)
def test_production_refuses_by_name(in_production, name, text):
    assert [fault.partition(":")[0] for fault in faults_of(in_production | {name: text})] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://app@db.example.org/panjereh?sslmode=verify-full",
        "postgresql://app@[::1]:5433/panjereh",
        "postgresql://app@/panjereh?host=/run/postgresql",
    ],
)
def test_production_takes_a_database_here_or_behind_a_checked_line(in_production, text):
    assert read_environment(in_production | {"PANJEREH_DATABASE_URL": text}).database_url == text


@pytest.mark.parametrize("name", ["PANJEREH_DOCUMENT_CHAIN_FILE", "PANJEREH_DOCUMENT_CERTIFICATE_FILE"])
def test_production_refuses_certificates_of_the_practice_country(in_production, tmp_path, name):
    path = copied(name, in_production, tmp_path)
    (path.parent / "PRACTICE").touch()

    assert faults_of(in_production | {name: str(path)}) == [f"{name}: {path} belongs to the practice country"]


@pytest.mark.parametrize("name", KEY_FILES[3:])
def test_production_refuses_a_key_that_nobody_drew(in_production, tmp_path, name):
    path = copied(name, in_production, tmp_path)
    path.write_text("for-tests-only-", encoding="ascii")

    assert faults_of(in_production | {name: str(path)}) == [
        f"{name}: {path} holds nothing that was drawn at random"
    ]


def test_keys_given_as_a_value_are_drawn_too(in_production):
    del in_production["PANJEREH_WRAPPING_KEY_FILE"]
    in_production["PANJEREH_WRAPPING_KEYS"] = base64.b64encode(b"v" * 32).decode()

    assert faults_of(in_production) == ["PANJEREH_WRAPPING_KEYS: holds a key that was not drawn at random"]


@pytest.fixture
def with_token(in_production, tmp_path) -> dict[str, str]:
    (tmp_path / "pin").write_text("1357", encoding="ascii")
    (tmp_path / "pin").chmod(0o600)
    in_production |= {
        "PANJEREH_WRAPPING_MODULE": str(tmp_path),
        "PANJEREH_WRAPPING_TOKEN": "people",
        "PANJEREH_WRAPPING_PIN_FILE": str(tmp_path / "pin"),
        "PANJEREH_WRAPPING_LABELS": "new old",
    }
    return in_production


def test_with_a_key_token_no_key_need_be_in_a_file(with_token):
    del with_token["PANJEREH_WRAPPING_KEY_FILE"]

    wrapping = read_environment(with_token).wrapping

    assert wrapping.current == "new"
    assert wrapping.known == {"new", "old"}


def test_a_key_token_needs_all_of_its_settings(with_token):
    del with_token["PANJEREH_WRAPPING_TOKEN"]
    del with_token["PANJEREH_WRAPPING_LABELS"]

    assert faults_of(with_token) == [
        "PANJEREH_WRAPPING_TOKEN, PANJEREH_WRAPPING_LABELS: not set, a key token needs all of its settings"
    ]


def test_the_file_cannot_be_named_among_the_keys_where_there_is_none(with_token):
    del with_token["PANJEREH_WRAPPING_KEY_FILE"]
    with_token["PANJEREH_WRAPPING_LABELS"] = "file new"

    assert faults_of(with_token) == ["PANJEREH_WRAPPING_LABELS: names the keys of a file, but there is none"]


def test_a_pin_that_everybody_may_read_is_refused_in_production(with_token, tmp_path):
    (tmp_path / "pin").chmod(0o644)

    assert [fault.split(" ")[0] for fault in faults_of(with_token)] == ["PANJEREH_WRAPPING_PIN_FILE:"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PANJEREH_CONTACT_EMAIL", "nobody"),
        ("PANJEREH_TRUSTED_PROXIES", "-1"),
        ("PANJEREH_DESK_ACR", "4"),
        ("PANJEREH_WRAPPING_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_a_value_that_is_none_of_its_kind_is_refused_by_name(variables, name, text):
    with pytest.raises(EnvironmentFaulty) as fault:
        read_environment(variables | {name: text})

    assert [each.split(":")[0] for each in fault.value.faults] == [name]


def test_an_address_to_write_to_is_read(variables):
    read = read_environment(variables | {"PANJEREH_CONTACT_EMAIL": "window@agency.example"})

    assert read.contact_email == "window@agency.example"


def test_a_code_by_sms_opens_no_desk_in_production(in_production):
    in_production["PANJEREH_DESK_ACR"] = "1"

    assert "PANJEREH_DESK_ACR: must be 2 or more in production: a code by SMS opens no desk" in faults_of(
        in_production
    )
