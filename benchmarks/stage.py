"""What a benchmark stands on: a throw-away folder, a PostgreSQL, and a platform set up on both."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from devtool import databases, environment, paths, ports, roles
from devtool.console import say

if TYPE_CHECKING:
    from pathlib import Path

ROOT = paths.ROOT
# A superuser and no passwords: the server lives in a private folder and goes with the run.
NO_PASSWORDS = dict.fromkeys((name for each in databases.DATABASES.values() for name in each.everyone), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`folder` is emptied after the run. The PostgreSQL of `admin_url` keeps the promises of production
    (fsync, checksums) and is removed after the run, too, unless it was handed in as `DATABASE_URL`.
    """

    folder: Path
    admin_url: str

    def say(self, line: str) -> None:
        """Tell the person at the terminal how it goes on."""
        say(f"    {line}")

    def run(self, *arguments: str, settings: dict[str, str] | None = None, stdin: str | None = None) -> str:
        """Run the environment's Python to its end; return what it printed.

        Raises `AssertionError` with its last words if it failed.
        """
        done = subprocess.run(  # noqa: S603 -- our own programs
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment(settings or {}),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(arguments)}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    def environment(self, settings: dict[str, str]) -> dict[str, str]:
        """Return the environment of a child process: our source, the benchmarks, and its settings."""
        return environment.program_environment() | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"} | settings

    def platform(self, database: str) -> dict[str, str]:
        """Make `database`, migrated, with directory and packs; return the settings of its platform."""
        roles.prepare(self.admin_url, database)
        settings = self._country()["platform"]
        for program in ("platform", "platform-owner"):
            for name, (_, role) in databases.SETTINGS[program].items():
                settings[name] = databases.address(self.admin_url, database=database, user=role)
        settings |= {
            f"PANJEREH_{name}_DIRECTORY": str(self.folder / database / name.lower()) for name in STATE
        }
        for task in (["migrate", "--verbosity", "0"], ["import-directory"], ["install-packs"]):
            self.run("-m", "panjereh", *task, settings=settings)
        return settings

    def _country(self) -> dict[str, dict[str, str]]:
        """Return the settings of every program of a practice country with keys of its own."""
        keys = self.folder / "keys"
        if not keys.exists():
            paths.make_private(keys)
            chosen = ports.choose(keep_in=self.folder / "ports.json")
            self.run(
                *("-m", "panjereh_land", "prepare", "--directory", str(keys), "--ports", json.dumps(chosen))
            )
        whole = json.loads((keys / "manifest.json").read_text())
        programs: dict[str, dict[str, str]] = whole.get("programs", whole)
        return programs


# Folders a platform writes to: each database has its own.
STATE = ("AUDIT_LOG", "AUDIT_CHECKPOINT", "STATE")
