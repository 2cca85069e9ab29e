"""Which templates the walk has looked at; a page that nobody looks at is named."""

import re
from pathlib import Path

from tests.journeys.browser_walk.pages import NOT_LOOKED_AT, SEEN_AS

SOURCE = Path(__file__).resolve().parents[3] / "src" / "panjereh"
# A page of its own extends a frame; parts and macros do not.
_PAGE = re.compile(r"\{%-?\s*extends\b|<!doctype", re.IGNORECASE)


def page_templates() -> set[str]:
    """Return the templates that are whole pages."""
    return {
        str(path.relative_to(folder))
        for folder in SOURCE.rglob("templates")
        for path in folder.rglob("*.html")
        if _PAGE.search(path.read_text(encoding="utf-8"))
    }


def not_declared() -> list[str]:
    """Return templates without a place in `pages`, and places without a template."""
    return sorted(page_templates() ^ {*SEEN_AS, *NOT_LOOKED_AT})


def not_seen(audited: set[tuple[str, str]], languages: set[str]) -> list[str]:
    """Return what was to be looked at and was not, in a language."""
    wanted = {(name, language) for names in SEEN_AS.values() for name in names for language in languages}
    return [f"{name} ({language})" for name, language in sorted(wanted - audited)]
