"""The papers beside the code: news fragments, decisions, links that lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from devtool import paths
from devtool.checks import files

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = ("added", "changed", "fixed", "removed", "security")
_FRAGMENT = re.compile(rf"\+?[a-z0-9-]+\.({'|'.join(_KINDS)})\.md")
_DECISION = re.compile(r"(\d{4})-[a-z0-9-]+\.md")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def faults(root: Path = paths.ROOT) -> list[str]:
    """Return one line per misnamed or empty fragment, decision out of order, and link to nothing."""
    return _fragments(root) + _decisions(root) + _links(root)


def _fragments(root: Path) -> list[str]:
    found = []
    for path in sorted((root / "changelog.d").glob("*")):
        if path.name == "README.md":
            continue
        if not _FRAGMENT.fullmatch(path.name):
            found.append(f"changelog.d/{path.name}: the name must be +<words>.<{'|'.join(_KINDS)}>.md")
        elif not path.read_text().strip():
            found.append(f"changelog.d/{path.name}: is empty")
    return found


def _decisions(root: Path) -> list[str]:
    found, seen = [], set()
    for path in sorted((root / "docs" / "adr").glob("*.md")):
        name = _DECISION.fullmatch(path.name)
        if name is None:
            found.append(f"docs/adr/{path.name}: the name must be NNNN-words.md")
        elif name[1] in seen:
            found.append(f"docs/adr/{path.name}: the number is taken")
        else:
            seen.add(name[1])
            if not re.match(rf"# 0*{int(name[1])}\b", path.read_text()):
                found.append(f"docs/adr/{path.name}: must begin with “# {int(name[1])}”")
    return found


def _links(root: Path) -> list[str]:
    return [
        f"{files.shown(path, root)}: leads nowhere: {target}"
        for path in files.tracked(root)
        if path.suffix == ".md"
        for target in _LINK.findall(path.read_text())
        if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists()
    ]
