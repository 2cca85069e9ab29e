"""Who acts in a journey: people of the practice country, by what happens to them."""

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Installation:
    """The running programs: their settings as `panjereh_land prepare` wrote them."""

    origin: str
    manifest: dict[str, dict[str, str]]

    @classmethod
    def running(cls) -> "Installation":
        """Return the installation that `./dev journey` points at."""
        programs = json.loads(Path(os.environ["PANJEREH_JOURNEY_MANIFEST"]).read_text(encoding="utf-8"))
        programs = programs.get("programs", programs)
        return cls(origin=os.environ["PANJEREH_JOURNEY_URL"], manifest=programs)

    def run(self, *arguments: str, program: str) -> subprocess.CompletedProcess[str]:
        """Run a command of one program with that program's own settings."""
        environment = os.environ | self.manifest[program]
        return subprocess.run(
            [sys.executable, "-m", *arguments], env=environment, capture_output=True, text=True, check=False
        )

    def people(self, story: str) -> list[dict[str, Any]]:
        """Return practice people with this story."""
        run = self.run("panjereh_land", "people", "--json", "--count", "1000", program="land")
        assert run.returncode == 0, run.stderr
        return [person for person in json.loads(run.stdout) if person["story"] == story]

    def somebody(self, story: str) -> dict[str, Any]:
        """Return one of them by lot, so that a journey can be walked again on the same installation."""
        return secrets.choice(self.people(story))
