"""The few pages a browser sees here, in Persian and English at once: at this point no language is known."""

import base64
import hashlib
import html
import json
from functools import cache
from importlib import resources
from string import Template
from typing import Final

LANGUAGES: Final = ("fa", "en")


def page(name: str, *, reason: str = "") -> str:
    """Return a page. `reason` is one of our own stable words, never anything that came with the request."""
    shown = f"<p><code>{html.escape(reason)}</code></p>\n" if reason else ""
    return _template().substitute(_texts("house") | _texts(name), reason=shown, style=_style())


@cache
def style_source() -> str:
    """Return what a content security policy allows of a page: its own style, by hash, and nothing else."""
    digest = hashlib.sha256(_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _style() -> str:
    return _read("page.css")


@cache
def _template() -> Template:
    return Template(_read("page.html"))


@cache
def _texts(name: str) -> dict[str, str]:
    return {
        f"{language}_{part}": html.escape(text)
        for language in LANGUAGES
        for part, text in json.loads(_read(f"locale/{language}.json"))[name].items()
    }


def _read(path: str) -> str:
    return resources.files(__name__).joinpath(path).read_text(encoding="utf-8")
