"""The environment is read once, and every fault is told at once."""

import os

import pytest

from panjereh.config.environment import EnvironmentFaulty, Profile, read_environment


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


def test_production_refuses_practice_keys_and_plain_http(variables, tmp_path):
    key = tmp_path / "portal.pem"
    key.write_text("", encoding="ascii")
    (tmp_path / "PRACTICE").write_text("", encoding="ascii")

    with pytest.raises(EnvironmentFaulty) as fault:
        read_environment(
            variables | {"PANJEREH_PROFILE": "production", "PANJEREH_PORTAL_CLIENT_KEY_FILE": str(key)}
        )

    assert len(fault.value.faults) == 2


def test_production_is_the_default(variables):
    del variables["PANJEREH_PROFILE"]
    variables["PANJEREH_PUBLIC_URL"] = "https://window.example"

    assert read_environment(variables).profile is Profile.PRODUCTION
