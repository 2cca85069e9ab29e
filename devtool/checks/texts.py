"""What may not stand in the files: Persian in code, invisible marks, addresses of package indexes."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from devtool import paths
from devtool.checks import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PERSIAN = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_DIRECTION_MARK = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_TEXT_PLACES = re.compile(r"(^|/)(locale|tests|data)/|^(packs|data|docs|tests|changelog\.d)/")
# Persian that is code's own subject, not text for people.
_PERSIAN_BY_NATURE = {
    "src/panjereh_kernel/persian.py": "tables of letters that are normalised",
    "src/panjereh_kernel/persian_data.py": "tables of letters that are normalised",
    "src/panjereh_kernel/sorting_data.py": "the alphabet in its order",
    "src/panjereh_kernel/numbers_data.py": "words of numbers that are written and read",
    "src/panjereh/config/settings.py": "a language is named in itself",
    "src/panjereh/domain/documents/rendering/server.py": "a word that makes the fonts load",
}
_INDEX = re.compile(
    r"^\s*(-i\b|-f\b|--(extra-)?index-url|--find-links|--trusted-host)|https?://|\s@\s", re.MULTILINE
)


def persian_in_code(root: Path = paths.ROOT) -> list[str]:
    """Return string literals, templates and scripts that hold Persian instead of a catalogue's message."""
    found = []
    for path in files.tracked(root):
        name = files.shown(path, root)
        if _TEXT_PLACES.search(name) or name in _PERSIAN_BY_NATURE:
            continue
        if path.suffix == ".py":
            lines = _literals(path)
        elif path.suffix in {".html", ".js", ".txt"} and name.startswith(("src/", "frontend/")):
            lines = list(
                enumerate(re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL).splitlines(), 1)
            )
        else:
            continue
        found += [f"{name}:{number}: Persian in code" for number, text in lines if _PERSIAN.search(text)]
    return found


def _literals(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text())
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    ]


def direction_marks(root: Path = paths.ROOT) -> list[str]:
    """Return places of invisible marks that turn text round: they can make code read other than it runs."""
    return [f"{where}: a bidirectional control character" for where in _matches(root, _DIRECTION_MARK)]


def requirements(root: Path = paths.ROOT) -> list[str]:
    """Return requirements that name an index or an address, or come without hashes."""
    found = []
    for path in sorted((root / "requirements").glob("*.txt")):
        text = path.read_text()
        found += [
            f"{path.name}: names an index or an address: {hit.group().strip()}"
            for hit in _INDEX.finditer(text)
        ]
        whole_lines = text.replace("\\\n", " ").splitlines()
        pinned = [line for line in whole_lines if line.strip() and not line.lstrip().startswith("#")]
        found += [
            f"{path.name}: not pinned with a hash: {line.split()[0]}"
            for line in pinned
            if "==" not in line or "--hash=sha256:" not in line
        ]
    return found


def _matches(root: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    for path in files.tracked(root):
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for hit in pattern.finditer(text):
            yield f"{files.shown(path, root)}:{text.count(chr(10), 0, hit.start()) + 1}"
