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
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from devtool import paths
from devtool.checks import files, papers, secrets, sizes, texts
from tests.devtool.test_new import KINDS, plan

pytestmark = [pytest.mark.slow, pytest.mark.rehearsal]

BIN = paths.VENV / "bin"
WRITTEN = ("room", "service", "connector of a new agency")
# Where something new is met: its own tests, and the lists of all rooms, packs, data sets and walls.
ROOMS = ("complaints", "packs", "access", "catalogue", "exchange", "rest", "plumbing", "reference")
ROOMS += ("directory", "law", "casework", "check", "web/test_query_counts.py")
ROOMS += ("web/test_templates.py::test_every_template_is_rendered_by_some_page",)
TESTS = ("tests/land", "tests/architecture/test_walls.py", *(f"tests/platform/{room}" for room in ROOMS))


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
        with catalogue.open("rb") as po, catalogue.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po))
    run(root, sys.executable, "-m", "devtool.reference")
    yield root
    shutil.rmtree(root)


def run(root: Path, *command: str | Path, **more: str) -> str:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PANJEREH_", "PYTEST_"))
    }
    kept |= {"PYTHONPATH": f"{root / 'src'}:{root}", "COLUMNS": "200", **more}
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
    assert secrets.faults(copy) == []
    assert papers.faults(copy) == []


def test_models_and_migrations_agree(copy: Path) -> None:
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; import django; django.setup();"
        "from django.core.management import call_command as call;"
        "call('makemigrations', 'complaints', check=True, dry_run=True, skip_checks=True)"
    )
    run(copy, sys.executable, "-W", "ignore", "-c", code)


def test_the_walk_in_a_browser_has_a_row_for_every_page(copy: Path) -> None:
    code = "from tests.journeys.browser_walk import coverage; print(coverage.not_declared())"

    assert run(copy, sys.executable, "-c", code) == "[]\n"


def test_every_test_that_meets_the_new_parts_passes(copy: Path, admin_url: str) -> None:
    settings = {"DATABASE_URL": admin_url, "PANJEREH_TEST_NAME": "rehearsed"}

    out = run(copy, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS, **settings)

    assert " passed" in out
