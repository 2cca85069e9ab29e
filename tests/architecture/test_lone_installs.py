"""Each program installs with its own extra alone, without Django, and its tests pass there.

An agency that runs a node, or a government that already has a portal, installs one program and nothing else.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
_UV = ROOT / ".dev" / "uv" / "bin" / "uv"
# What the tests themselves need, in the versions the whole project is pinned to.
_TEST_TOOLS = (
    "pytest",
    "pytest-django",
    "pytest-socket",
    "hypothesis",
    "http-message-signatures",
    "httpx",
    "jsonschema",
)
PROGRAMS = {
    "node": "panjereh_node",
    "registry": "panjereh_registry",
    "idp": "panjereh_idp",
    "land": "panjereh_land",
}


@pytest.fixture(scope="module", params=sorted(PROGRAMS))
def lone(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return an extra and the Python of an environment that has it and nothing else of ours."""
    extra = str(request.param)
    place = tmp_path_factory.mktemp(f"lone-{extra}")
    _run(_UV, "venv", "-q", "--python", sys.executable, place / "venv")
    python = place / "venv" / "bin" / "python"
    pinned = [f"{name}=={version}" for name, version in _pins().items()]
    (place / "pins.txt").write_text("\n".join(pinned) + "\n")
    _run(
        _UV,
        "pip",
        "install",
        "-q",
        "--python",
        python,
        "-c",
        place / "pins.txt",
        f"{ROOT}[{extra}]",
        *_TEST_TOOLS,
    )
    return extra, python


def test_a_lone_program_imports_without_django(lone: tuple[str, Path]) -> None:
    extra, python = lone

    _run(python, "-c", f"import {PROGRAMS[extra]}.cli", cwd="/")

    installed = _run(_UV, "pip", "list", "-q", "--python", python, "--format", "freeze")
    assert [line for line in installed.lower().splitlines() if line.startswith("django==")] == []


def test_the_tests_of_a_lone_program_pass(lone: tuple[str, Path]) -> None:
    extra, python = lone

    _run(python, "-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider", f"tests/{extra}", cwd=ROOT)


def _pins() -> dict[str, str]:
    lines = (ROOT / "requirements" / "dev.txt").read_text().splitlines()
    pairs = [line.split(" ")[0].split("==") for line in lines if "==" in line and not line.startswith("#")]
    return {name.strip(): version for name, version in pairs}


def _run(*command: str | Path, cwd: str | Path = ROOT) -> str:
    settings = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))
    }
    settings.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command, cwd=cwd, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout
