"""Secrets are found in the tree and in what commits add; packages are what is pinned."""

import subprocess
from pathlib import Path

import pytest

from devtool import paths
from devtool.checks import dependencies, files, secrets

DRAWN = "q7Rk2" + "Zt9Lw4Xv8Bn1Mc6Pd3"
FOUND = {
    "-----BEGIN EC " + "PRIVATE KEY-----": "a private key",
    '{"kty":"EC","d' + '":"' + "A1b2" * 11 + '"}': "a private JWK",
    "AKIA" + "ABCDEFGHIJKLMNOP": "an AWS key",
    "ghp_" + "a" * 36: "a token of a code host",
    "xoxb-" + "1" * 24: "a token of a chat",
    "pypi-" + "A" * 60: "a token of a package index",
    "AIza" + "B" * 35: "a Google key",
    "eyJ" + "h" * 20 + ".eyJ" + "p" * 20 + "." + "s" * 30: "a signed token",
    "postgresql://someone:" + "long-password@db.example.org/x": "a password in an address",
    "api_key" + f' = "{DRAWN}"': "a secret drawn at random",
    "CLIENT_SECRET" + f": '{DRAWN}'": "a secret drawn at random",
}


@pytest.mark.parametrize(("text", "what"), FOUND.items(), ids=FOUND.values())
def test_a_secret_is_named_with_its_place_and_never_told(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy/settings").write_text(f"first\n{text}\n")

    assert secrets.faults(tmp_path) == [f"deploy/settings:2: looks like {what}"]


@pytest.mark.parametrize(
    "line",
    [
        'token = "csrfmiddlewaretoken-of-the-form"',
        'PASSWORD = ""',
        'secret_file = "/etc/panjereh/keys/secret.key"',
        'digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
        "token = draw_token()",
    ],
)
def test_what_only_sounds_like_one_passes(tmp_path: Path, line: str) -> None:
    (tmp_path / "settings.py").write_text(line)

    assert secrets.faults(tmp_path) == []


def git(tree: Path, *words: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(tree), *who, *words], check=True, capture_output=True)


def test_a_secret_that_a_later_commit_took_away_is_still_found(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "key").write_text("ghp_" + "a" * 36)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "a key")
    (tmp_path / "key").write_text("nothing")
    git(tmp_path, "commit", "-qam", "no key")
    files.tracked.cache_clear()

    (fault,) = secrets.faults(tmp_path)

    assert fault.startswith("key (commit ")


def test_what_is_allowed_passes_and_an_idle_permission_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "AKIA" + "ABCDEFGHIJKLMNOP"
    monkeypatch.setattr(secrets, "ALLOWED", {secrets.digest(text): "an example", "0" * 64: "gone"})
    (tmp_path / "example").write_text(text)

    assert secrets.faults(tmp_path) == [
        "devtool/checks/secrets.py: nothing is allowed by 000000000000 any more"
    ]


PROJECT = """
[project]
dependencies = ["good>=1"]
[project.optional-dependencies]
web = ["Forgotten_One[extra]>=2"]
[dependency-groups]
dev = ["other"]
"""


def test_a_package_that_is_needed_and_not_pinned_or_other_than_pinned_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/dev.txt").write_text(
        "good==1 \\\n    --hash=sha256:ab\nother==2 --hash=sha256:cd\n"
    )
    for name, version in (("good", "1"), ("other", "3"), ("stray", "1")):
        place = tmp_path / f"venv/lib/python3.11/site-packages/{name}-{version}.dist-info"
        place.mkdir(parents=True)
        (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")

    assert dependencies.faults(tmp_path, tmp_path / "venv") == [
        "forgotten-one: needed by pyproject.toml, not pinned",
        "other: 2 is pinned, 3 is installed",
        "stray: nothing is pinned, 1 is installed",
    ]


def test_this_environment_is_what_is_pinned() -> None:
    assert dependencies.faults() == []
    assert dependencies.pinned((paths.ROOT / "requirements/dev.txt").read_text())["django"].startswith("5.2")
