"""The tokens, read from the style file itself, and the contrast of each colour by the formula of WCAG."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

_TOKEN: Final = re.compile(r"--([\w-]+):\s*([^;]+);")
_VARIABLE: Final = re.compile(r"var\(--([\w-]+)\)")
# The roles a page may use for text and for edges, each with the ratio it needs (WCAG 1.4.3 and 1.4.11).
NEEDS: Final[Mapping[str, float]] = {
    "c-text": 4.5,
    "c-text-2": 4.5,
    "c-link": 4.5,
    "c-visited": 4.5,
    "c-action": 4.5,
    "c-go": 4.5,
    "c-good": 4.5,
    "c-wait": 4.5,
    "c-bad": 4.5,
    "c-edge": 3.0,
    "c-focus": 3.0,
}
_LINEAR_BELOW: Final = 0.04045


@dataclass(frozen=True, slots=True)
class Role:
    """One colour by its role: its value and its contrast on pane and page, in light and in dark."""

    name: str
    needs: float
    light: str
    dark: str
    light_ratios: tuple[float, float]
    dark_ratios: tuple[float, float]


@cache
def roles() -> list[Role]:
    """Return every role that carries text or an edge."""
    light, dark = _tokens("light"), _tokens("dark")
    return [
        Role(name, needs, light[name], dark[name], _ratios(light, name), _ratios(dark, name))
        for name, needs in NEEDS.items()
    ]


@cache
def sizes(prefix: str) -> list[tuple[str, str]]:
    """Return the tokens of a scale, `t` type or `sp` space, with their values."""
    return [(name, value) for name, value in _tokens("light").items() if name.startswith(f"{prefix}-")]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written `#rrggbb`, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _ratios(tokens: Mapping[str, str], name: str) -> tuple[float, float]:
    pane, page = (contrast(tokens[name], tokens[ground]) for ground in ("c-pane", "c-page"))
    return pane, page


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_BELOW else float(((part + 0.055) / 1.055) ** 2.4)


def _tokens(theme: str) -> dict[str, str]:
    """Return every token of a theme with its variables filled in."""
    sheet = (Path(settings.PANJEREH.frontend_directory) / "css" / "tokens.css").read_text(encoding="utf-8")
    written = dict(_TOKEN.findall(sheet[sheet.index(":root {") : sheet.index("@media")]))
    if theme == "dark":
        written |= dict(_TOKEN.findall(sheet.split(':root[data-theme="dark"] {')[1].split("}")[0]))
    return {name: _filled(value.strip(), written) for name, value in written.items()}


def _filled(value: str, written: Mapping[str, str]) -> str:
    while match := _VARIABLE.fullmatch(value):
        value = written[match[1]].strip()
    return value
