"""The picture of the layers, drawn from the walls that import-linter holds and from what rooms import."""

from __future__ import annotations

import ast
import textwrap
import tomllib
from typing import Any

from devtool import paths
from devtool.reference import source
from devtool.reference.drawing import LINE, WIDTH, Drawing

_LEFT, _GAP, _MARGIN = 20, 16, 34
_ROOM_HEIGHT = 34
_PLATFORM_WIDTH = 600
_SIDE = _LEFT + _PLATFORM_WIDTH + _GAP
_SIDE_WIDTH = WIDTH - _SIDE - _LEFT
_BAR = 44
_LETTERS = 54  # what fits beside a room


def layers(contract: str) -> list[list[str]]:
    """Return the layers of one wall from high to low, each a list of those beside each other."""
    known: dict[str, Any] = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = known["tool"]["importlinter"]["contracts"]
    found = next(each["layers"] for each in contracts if each["id"] == contract)
    return [[name.strip(" ()") for name in layer.split("|")] for layer in found]


def uses(room: str) -> list[str]:
    """Return the rooms whose doors a room imports, in the order of the layers."""
    imported = {
        node.module.split(".")[2]
        for module in source.modules(f"panjereh/domain/{room}")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("panjereh.domain.")
        and node.module
    }
    return [each for (each,) in layers("rooms") if each in imported - {room}]


def picture() -> str:
    """Return the picture."""
    rooms = [room for (room,) in layers("rooms")]
    platform, others = layers("platform"), [name for name in layers("programs")[0] if name != "panjereh"]
    libraries = [name for (name,) in layers("programs")[1:]]
    domain_height = _MARGIN + len(rooms) * (_ROOM_HEIGHT + 6) + 8
    frame_height = _MARGIN + (len(platform) - 1) * (_BAR + _GAP) + domain_height + _GAP
    drawing = Drawing(
        title="Layers and rooms of Panjereh",
        description="A layer imports only what stands below it. "
        + "; ".join(f"{room} uses {', '.join(uses(room)) or 'no other room'}" for room in rooms),
        height=20 + frame_height + len(libraries) * (_BAR + 10) + 24,
    )
    drawing.frame(_LEFT, 20, _PLATFORM_WIDTH, frame_height, "panjereh: above may import below, never upwards")
    top = 20 + _MARGIN
    for layer in platform:
        top = (
            _domain(drawing, top, rooms, domain_height) if layer == ["domain"] else _bars(drawing, top, layer)
        )
    _programs(drawing, others, frame_height)
    top = 20 + frame_height + 14
    for name in libraries:
        drawing.box(_LEFT, top, WIDTH - 2 * _LEFT, (name,), height=_BAR, kind="held")
        top += _BAR + 10
    return drawing.svg()


def _bars(drawing: Drawing, top: int, layer: list[str]) -> int:
    names = [name for name in layer if (source.SOURCE / "panjereh" / name).exists()]
    width = (_PLATFORM_WIDTH - 24 - (len(names) - 1) * 10) // len(names)
    for number, name in enumerate(names):
        drawing.box(_LEFT + 12 + number * (width + 10), top, width, (name,), height=_BAR)
    return top + _BAR + _GAP


def _domain(drawing: Drawing, top: int, rooms: list[str], height: int) -> int:
    drawing.frame(
        _LEFT + 12, top, _PLATFORM_WIDTH - 24, height, "domain: rooms, each entered by its door api.py"
    )
    for number, room in enumerate(rooms):
        row = top + _MARGIN + number * (_ROOM_HEIGHT + 6)
        drawing.box(_LEFT + 26, row, 130, (room,), height=_ROOM_HEIGHT)
        used = textwrap.wrap(f"uses {', '.join(uses(room)) or 'no other room'}", _LETTERS)
        for place, line in enumerate(used):
            down = row + (22 if len(used) == 1 else 14 + place * LINE)
            drawing.words(_LEFT + 168, down, line, style="soft")
    return top + height + _GAP


def _programs(drawing: Drawing, names: list[str], height: int) -> None:
    each = (height - (len(names) - 1) * _GAP) // len(names)
    for number, name in enumerate(names):
        drawing.box(_SIDE, 20 + number * (each + _GAP), _SIDE_WIDTH, (name, *_inner(name)), height=each)


def _inner(program: str) -> list[str]:
    wall = [name for (name,) in layers("inside-programs") if name not in {"__main__", "cli", "asgi"}]
    return [name for name in wall if (source.SOURCE / program / name).is_dir()]
