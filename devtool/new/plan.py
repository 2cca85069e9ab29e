"""What is to be written, made whole in memory first: all of it is written, or nothing is."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from devtool import paths
from devtool.console import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEMPLATES = paths.ROOT / "devtool/new/templates"
_ENDING = ".txt"  # so that no tool takes a template for the file it becomes
_RUFF = paths.VENV / "bin/ruff"
# Ruff tells our own modules by their files, which are not there yet.
OURS = 'lint.isort.known-first-party=["panjereh", "panjereh_*", "tests", "devtool"]'
_TOOLS = (["check", "--select", "I", "--fix", "--exit-zero", "--config", OURS], ["format"])


class Plan:
    """New files and changed ones of one checkout, by their path in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.made: dict[str, str] = {}
        self.changed: dict[str, str] = {}

    def fill(self, kind: str, values: Mapping[str, str], names: Mapping[str, str]) -> None:
        """Add every file of a kind's templates: `values` fill the texts, `names` the parts of the paths."""
        folder = _TEMPLATES / kind
        for path in sorted(folder.rglob(f"*{_ENDING}")):
            name = path.relative_to(folder).as_posix().removesuffix(_ENDING)
            for placeholder, part in names.items():
                name = name.replace(placeholder, part)
            self.add(name, filled(path.read_text(encoding="utf-8"), values))

    def add(self, name: str, text: str) -> None:
        """Add a new file. Raises `Trouble` where something stands already."""
        if (self.root / name).exists():
            raise Trouble(f"{name} is there already.")
        self.made[name] = text

    def text(self, name: str) -> str:
        """Return what a file holds once everything so far is done."""
        if name in self.made:
            return self.made[name]
        return self.changed.get(name) or (self.root / name).read_text(encoding="utf-8")

    def put(self, name: str, text: str) -> None:
        """Change a file that is there."""
        self.changed[name] = text

    def insert(self, name: str, addition: str, *, after: str, before: str) -> None:
        """Put `addition` in front of the first `before` that follows `after`. Raises `Trouble`."""
        text = self.text(name)
        begin = text.find(after)
        place = text.find(before, begin + len(after)) if begin >= 0 else -1
        if place < 0:
            raise Trouble(
                f"{name} is not as ./dev new knows it: no {after.strip()!r} followed by {before.strip()!r}.",
                hint="Nothing was written. Put the place in order, or teach devtool/new the new one.",
            )
        self.put(name, text[:place] + addition + text[place:])

    def write(self) -> list[str]:
        """Write everything, formatted; return the names. When that fails, everything is as it was before."""
        whole = _formatted(self.changed | self.made, root=self.root)
        old = {name: (self.root / name).read_text(encoding="utf-8") for name in self.changed}
        folders = {_highest_missing(self.root / name) for name in self.made}
        try:
            for name, text in whole.items():
                paths.write_whole(self.root / name, text, mode=0o644)
        except BaseException:
            for name in self.made:
                (self.root / name).unlink(missing_ok=True)
            for folder in folders - {None}:
                shutil.rmtree(str(folder), ignore_errors=True)
            for name, text in old.items():
                paths.write_whole(self.root / name, text, mode=0o644)
            raise
        return sorted(whole)


def part(name: str, values: Mapping[str, str]) -> str:
    """Return a part of a file, from its template."""
    return filled((_TEMPLATES / "parts" / f"{name}{_ENDING}").read_text(encoding="utf-8"), values)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template with its values. Raises `KeyError` for one that was not given."""
    return Template(text).substitute(values)


def _highest_missing(path: Path) -> Path | None:
    """Return the highest folder above a path that is not there yet."""
    missing = [folder for folder in path.parents if not folder.exists()]
    return missing[-1] if missing else None


def _formatted(files: Mapping[str, str], *, root: Path) -> dict[str, str]:
    """Return the files as the gate leaves them: long names move line ends, and imports have an order."""
    with tempfile.TemporaryDirectory() as place:
        stage = Path(place)
        shutil.copyfile(root / "pyproject.toml", stage / "pyproject.toml")
        for name, text in files.items():
            paths.write_whole(stage / name, text)
        for tool in _TOOLS:
            command = [str(_RUFF), *tool, "--quiet", "--no-cache", "."]
            done = subprocess.run(command, cwd=stage, capture_output=True, text=True, check=False)
            if done.returncode:
                raise Trouble(
                    f"This would not be Python:\n{done.stderr.strip()}", hint="Nothing was written."
                )
        return {name: (stage / name).read_text(encoding="utf-8") for name in files}
