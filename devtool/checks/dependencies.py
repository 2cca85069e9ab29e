"""What is installed is what is pinned, and what the programs say they need.

Licences are in `licences`, hashes in `texts.requirements`, known faults in `advisories`.
"""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING

from devtool import paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==(\S+?)(?:\s|;|$)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def faults(root: Path = paths.ROOT, venv: Path = paths.VENV) -> list[str]:
    """Return one line per package that is needed and not pinned, or installed other than it is pinned."""
    pins = pinned((root / "requirements" / "dev.txt").read_text(encoding="utf-8"))
    here = dict(installed(venv))
    found = [
        f"{name}: needed by pyproject.toml, not pinned" for name in sorted(needed(root)) if name not in pins
    ]
    found += [
        f"{name}: {pins.get(name, 'nothing')} is pinned, {version} is installed"
        for name, version in sorted(here.items())
        if pins.get(name) != version
    ]
    return found


def pinned(text: str) -> dict[str, str]:
    """Return name → version of every line of a file of requirements."""
    return {plain(name): version for name, version in _PINNED.findall(text.replace("\\\n", " "))}


def installed(venv: Path) -> Iterator[tuple[str, str]]:
    """Yield name and version of every distribution of an environment."""
    places = [str(place) for place in venv.glob("lib/python3*/site-packages")]
    for distribution in metadata.distributions(path=places):
        yield plain(distribution.metadata["Name"]), distribution.version


def needed(root: Path) -> set[str]:
    """Return every package that the programs or the developers' group name."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    return {plain(match[0]) for lines in lists for line in lines if (match := _NAME.match(line))}


def plain(name: str) -> str:
    """Return a package's name in the one spelling of indexes."""
    return re.sub(r"[-_.]+", "-", name).lower()
