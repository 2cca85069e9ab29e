"""Pages and tables, always the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOTE = "<!-- Made from the code by ./dev docs: a change by hand would be lost. -->"
NONE = "–"


def page(title: str, intro: str, *sections: str) -> str:
    """Return a whole page."""
    return "\n\n".join([NOTE, f"# {title}", intro, *(part for part in sections if part)]) + "\n"


def section(title: str, *parts: str) -> str:
    """Return a heading with what stands under it; nothing where there is nothing."""
    return "\n\n".join([f"## {title}", *filter(None, parts)]) if any(parts) else ""


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, "" without rows."""
    lines = [_row(headings), _row(["---"] * len(headings)), *map(_row, rows)]
    return "\n".join(lines) if len(lines) > 2 else ""  # noqa: PLR2004 - heading and rule alone


def code(text: str) -> str:
    """Return a word as code, a dash for none."""
    return f"`{text}`" if text else NONE


def codes(texts: Iterable[str]) -> str:
    """Return words as code, a dash for none."""
    return ", ".join(f"`{text}`" for text in texts) or NONE


def persian(text: str) -> str:
    """Return a Persian sentence in its own direction."""
    return f'<div dir="rtl">{text}</div>' if text else ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|").replace("\n", "<br>") or NONE for cell in cells) + " |"
