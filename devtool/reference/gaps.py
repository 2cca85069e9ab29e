"""What is known to be missing, gathered from the places where the reader of the code meets it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from devtool.reference import markdown, source

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = re.compile(r"`?GAP:`?\s*(.*)")
_END = re.compile(r'^\s*("""|$)|"""\s*$')
_SENTENCES = 2


def page() -> str:
    """Return the page of gaps."""
    return markdown.page(
        "Known gaps",
        "Every `GAP:` note of the source, where it stands. Gaps of the whole are in "
        "[ARCHITECTURE](../../ARCHITECTURE.md) and [SECURITY](../../SECURITY.md).",
        markdown.table(("where", "what is missing"), [[module.link, text] for module, text in notes()]),
    )


def notes() -> Iterator[tuple[source.Module, str]]:
    """Yield each note, at most two sentences of it, with its module."""
    for module in source.modules():
        lines = (source.SOURCE / module.path).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if _GAP.search(line):
                yield module, _text(lines[number:])


def _text(lines: list[str]) -> str:
    is_comment = lines[0].lstrip().startswith("#")
    words = []
    for number, line in enumerate(lines):
        goes_on = line.lstrip().startswith("#") if is_comment else not (number and _END.match(line))
        if not goes_on:
            break
        words.append(line.strip().lstrip("# ").removesuffix('"""'))
        if not is_comment and line.rstrip().endswith('"""'):
            break
    found = _GAP.search(" ".join(words))
    sentences = re.split(r"(?<=[.]) ", found[1]) if found else []
    return " ".join(sentences[:_SENTENCES]).strip()
