"""What `./dev new` writes passes the gate as it is: rehearsed in a copy of the checkout.

All three kinds are written into one copy, so that they are seen to bear each other too.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtool import paths
from devtool.checks import files, papers, sizes, texts
from tests.devtool.test_new import KINDS, plan

pytestmark = [pytest.mark.slow, pytest.mark.rehearsal]

BIN = paths.VENV / "bin"
WRITTEN = ("room", "service", "connector of a new agency")
# Where something new is met: its own tests, and the lists of all rooms, packs, data sets and walls.
TESTS = (
    *("tests/platform/complaints", "tests/platform/packs", "tests/land", "tests/architecture/test_walls.py"),
    *("tests/platform/access", "tests/platform/catalogue", "tests/platform/exchange", "tests/platform/rest"),
    *(
        "tests/platform/plumbing",
        "tests/platform/reference",
        "tests/platform/directory",
        "tests/platform/law",
    ),
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("rehearsed") / "checkout"
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=paths.ROOT, capture_output=True, check=True
    )
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if (paths.ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(paths.ROOT / name, root / name)
    (root / ".venv").symlink_to(paths.VENV)
    for kind in WRITTEN:
        plan(root, *KINDS[kind]).write()
    for catalogue in root.glob("src/**/locale/*/LC_MESSAGES/*.po"):
        run(root, BIN / "pybabel", "-q", "compile", "-i", catalogue, "-o", catalogue.with_suffix(".mo"))
    run(root, sys.executable, "-m", "devtool.reference")
    yield root
    shutil.rmtree(root)


def run(root: Path, *command: str | Path) -> str:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PANJEREH_", "PYTEST_"))
    }
    kept |= {"PYTHONPATH": f"{root / 'src'}:{root}", "COLUMNS": "200"}
    done = subprocess.run(command, cwd=root, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-4_000:]
    return done.stdout


@pytest.mark.parametrize(
    "tool",
    [
        ("ruff", "format", "--check", "--quiet", "."),
        ("ruff", "check", "--quiet", "."),
        ("lint-imports", "--no-cache"),
        ("mypy", "-p", "panjereh", "-p", "panjereh_land"),
    ],
    ids=lambda tool: " ".join(tool[:2]),
)
def test_the_gates_tools_are_content(copy: Path, tool: tuple[str, ...]) -> None:
    run(copy, BIN / tool[0], *tool[1:])


def test_the_gates_own_checks_find_nothing(copy: Path) -> None:
    assert files.tracked(copy)
    assert sizes.faults(copy) == []
    assert texts.persian_in_code(copy) == []
    assert texts.direction_marks(copy) == []
    assert texts.secrets(copy) == []
    assert papers.faults(copy) == []


def test_models_and_migrations_agree(copy: Path) -> None:
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; import django; django.setup();"
        "from django.core.management import call_command as call;"
        "call('makemigrations', 'complaints', check=True, dry_run=True, skip_checks=True)"
    )
    run(copy, sys.executable, "-W", "ignore", "-c", code)


def test_every_test_that_meets_the_new_parts_passes(copy: Path) -> None:
    out = run(copy, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS)

    assert " passed" in out
