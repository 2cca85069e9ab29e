"""The few pages a browser sees here, in Persian and English at once: at this point no language is known."""

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
    return _template().substitute(_texts(name), reason=shown)


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
