"""Examples of the kit: each paragraph of `examples/<macro>.html` is one, shown as page and as its call."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.template import engines
from jinja2 import Environment, Template

from panjereh.plumbing import pages
from panjereh_kernel.jalali import Language

FOLDER: Final = Path(__file__).parent / "templates" / "style" / "examples"
_KIT: Final = "{% import 'kit.html' as kit %}"


@dataclass(frozen=True, slots=True)
class Example:
    """One example: the call as a page writes it, and what a reader sees of it."""

    call: str
    shown: str


def of(name: str) -> list[Example]:
    """Return the examples of a macro in the language of the page."""
    return [Example(call, template.render()) for call, template in _read(name, pages.page_language())]


@cache
def _read(name: str, _language: Language) -> list[tuple[str, Template]]:
    # A template is compiled for the language of the page that asks for it.
    calls = (FOLDER / f"{name}.html").read_text(encoding="utf-8").strip().split("\n\n")
    environment = _environment()
    return [(call, environment.from_string(_KIT + call)) for call in calls]


def _environment() -> Environment:
    # Django's own type knows nothing of the environment behind its Jinja2 engine.
    environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return environment
