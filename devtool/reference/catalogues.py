"""The message catalogues: which sentence stands under which identifier."""

from __future__ import annotations

import ast
from functools import cache

from devtool.reference import source


@cache
def sentences(language: str) -> dict[str, str]:
    """Return msgid → msgstr of every catalogue of a language, the first one found for a message."""
    found: dict[str, str] = {}
    for path in sorted(source.SOURCE.glob(f"**/locale/{language}/LC_MESSAGES/django.po")):
        for entry in path.read_text(encoding="utf-8").split("\n\n"):
            identifier, text = _field(entry, "msgid"), _field(entry, "msgstr")
            if identifier and text:
                found.setdefault(identifier, text)
    return found


def _field(entry: str, name: str) -> str:
    """Return a field of one entry: its quoted part and the quoted lines after it."""
    parts, is_inside = [], False
    for line in entry.splitlines():
        if line.startswith(f"{name} "):
            is_inside, line = True, line.removeprefix(f"{name} ")  # noqa: PLW2901 - the rest of the line
        elif not line.startswith('"'):
            is_inside = False
        if is_inside:
            parts.append(str(ast.literal_eval(line)))
    return "".join(parts)
