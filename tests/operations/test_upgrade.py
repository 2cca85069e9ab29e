"""Upgrades rehearsed: forward over seeded data, and the release before at work on the new tables.

There is no tagged release yet. `FORWARD_FROM` is the oldest commit that has the whole thread. `BESIDE` is the
release before: from it on, no migration may take away what it uses (`devtool/checks/migrations.py`). Before
it columns were dropped at once, as nothing had been released. Both move on with each release.
"""

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from benchmarks.window import population
from devtool import databases, roles
from panjereh.commands.bundles.postgresql import private_server
from tests.operations import server

pytestmark = [pytest.mark.slow, pytest.mark.rehearsal]

FORWARD_FROM = "c1f0d08da922"
BESIDE = "5c22b319c9f1"
ROOT = Path(__file__).resolve().parents[2]
CASES = 20_000
SMOKE = (
    "tests/platform/casework/test_applying.py",
    "tests/platform/casework/test_deciding.py",
    "tests/platform/messaging/test_sms.py",
    "tests/platform/people/test_first_sign_in.py",
    "tests/platform/figures",
)
DATABASE = "panjereh"
ROLES = {
    "": "panjereh_app",
    "OWNER_": "panjereh_owner",
    "READER_": "panjereh_read",
    "TRACE_": "panjereh_trace",
}


@dataclass(frozen=True)
class Code:
    """One state of the code, run against one server."""

    root: Path
    admin_url: str

    def environment(self, database: str = DATABASE) -> dict[str, str]:
        addresses = {
            f"PANJEREH_DATABASE_{name}URL": databases.address(self.admin_url, database=database, user=role)
            for name, role in ROLES.items()
        }
        path = os.pathsep.join([str(self.root / "src"), str(self.root)])
        own = {"PYTHONPATH": path, "DATABASE_URL": self.admin_url, "PANJEREH_TEST_NAME": "rehearsal"}
        return dict(os.environ) | addresses | own

    def run(self, *command: str, database: str = DATABASE) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.root,
            env=self.environment(database),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stdout[-4000:]}{done.stderr[-4000:]}"
        return done.stdout

    def command(self, *words: str, database: str = DATABASE) -> str:
        """Run a command of the platform with the settings of its own tests, on the real roles."""
        code = (
            "import os, sys; kept = {k: v for k, v in os.environ.items() if '_DATABASE_' in k}; "
            "import tests.settings; os.environ.update(kept); sys.modules.pop('panjereh.config.settings'); "
            "os.environ['DJANGO_SETTINGS_MODULE'] = 'panjereh.config.settings'; "
            "from django.core import management; "
            "management.execute_from_command_line(['panjereh', *sys.argv[1:]])"
        )
        return self.run("-W", "ignore", "-c", code, *words, database=database)


@pytest.fixture(scope="module")
def admin_url() -> Iterator[str]:
    programs = server.programs()
    with server.folder_for_servers() as folder:
        server.make_cluster(programs, folder / "data")
        with private_server(programs, folder / "data", settings=server.QUICK) as socket:
            yield server.superuser(socket)


@pytest.fixture
def code_of(tmp_path: Path, admin_url: str) -> Callable[[str], Code]:
    def take(commit: str) -> Code:
        packed = subprocess.run(["git", "-C", ROOT, "archive", commit], capture_output=True, check=False)
        if packed.returncode:
            pytest.skip(f"{commit} is not in this clone: git fetch --unshallow")
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as tar:
            tar.extractall(tmp_path / commit, filter="data")
        return Code(tmp_path / commit, admin_url)

    return take


def counted(admin_url: str) -> dict[str, int]:
    address = databases.address(admin_url, database=DATABASE, user="postgres")
    with psycopg.connect(address) as connection:
        names = ("casework_case", "casework_caseact", "casework_decision", "disclosure_fact")
        rows = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in names}  # noqa: S608
    return {name: row[0] for name, row in rows.items() if row}


def test_seeded_tables_go_forward_within_the_limits(code_of: Callable[[str], Code], admin_url: str) -> None:
    old, new = code_of(FORWARD_FROM), Code(ROOT, admin_url)
    roles.prepare(admin_url, DATABASE)
    old.command("migrate", "--verbosity", "0")
    old.command("import_directory")
    old.command("install_packs")
    address = databases.address(admin_url, database=DATABASE, user="postgres")
    population.settle(address, cases=CASES)
    before = counted(admin_url)

    new.command("migrate", "--verbosity", "0")

    assert before["casework_case"] == CASES
    assert counted(admin_url) == before
    new.command("migrate", "--check")
    new.command("fill")
    with psycopg.connect(address) as connection:
        left = connection.execute(
            "SELECT conname FROM pg_constraint WHERE NOT convalidated"
            " UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
        ).fetchall()
    assert left == []


def test_the_release_before_works_on_the_new_tables(code_of: Callable[[str], Code], admin_url: str) -> None:
    old, new = code_of(BESIDE), Code(ROOT, admin_url)
    # The template that the old tests would make by their own migrations, made by the new ones instead.
    name = old.run(
        "-W", "ignore", "-c",
        "from tests.platform import conftest; print('panjereh_template_' + conftest._migrations_digest())",
    ).strip()  # fmt: skip
    roles.prepare(admin_url, name)
    old.command("migrate", "--verbosity", "0", database=name)
    new.command("migrate", "--verbosity", "0", database=name)

    said = old.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", *SMOKE)

    assert " passed" in said
