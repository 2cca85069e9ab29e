"""States of a case, service by service: a pack's flow as a picture and as tables."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from devtool import paths
from devtool.reference import markdown
from devtool.reference.drawing import WIDTH, Drawing

_PACKS = "packs"
_ROW, _BOX_TOP, _BOX_WIDTH, _BOX_HEIGHT, _BOW = 92, 24, 310, 52, 22
_LEFT = (WIDTH - _BOX_WIDTH) // 2
_RIGHT = _LEFT + _BOX_WIDTH


@cache
def _flows() -> dict[str, dict[str, Any]]:
    return {
        path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8"))["flow"]
        for path in sorted((paths.ROOT / _PACKS).glob("*/service.yaml"))
    }


@cache
def _texts(service: str) -> dict[str, str]:
    path = paths.ROOT / _PACKS / service / "texts" / "en.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def page() -> str:
    """Return the page of states."""
    return markdown.page(
        "States of a case",
        "A pack says which state follows which action and whose step it is; the interpreter of `casework` "
        "knows no other way. A waiting state has a clock, counted in the working days of the calendar.",
        *(_section(service, flow) for service, flow in _flows().items()),
    )


def pictures() -> dict[str, str]:
    """Return file name → picture, one for each service."""
    return {_file(service): _picture(service, flow) for service, flow in _flows().items()}


def _file(service: str) -> str:
    return f"states-{service}.svg"


def _section(service: str, flow: dict[str, Any]) -> str:
    texts = _texts(service)
    states = [
        [markdown.code(state["id"]), texts[f"states.{state['id']}.label"], state["kind"], _clock(state)]
        for state in flow["states"]
    ]
    actions = [
        [markdown.code(each["id"]), markdown.codes(each["from"]), markdown.code(each["to"]), each["by"]]
        for each in flow["actions"]
    ]
    return markdown.section(
        f"`{service}`: {texts['title']}",
        f"![The states of {service} and what leads from one to the next.](../pictures/{_file(service)})",
        markdown.table(("state", "what a person reads", "whose turn", "clock"), states),
        markdown.table(("action", "from", "to", "taken by"), actions),
    )


def _clock(state: dict[str, Any]) -> str:
    clock = state.get("clock")
    return (
        f"{clock['days']} {clock['kind']} day(s), {clock['nature']}; then {clock['at_end']}" if clock else ""
    )


def _picture(service: str, flow: dict[str, Any]) -> str:
    names = [state["id"] for state in flow["states"]]
    drawing = Drawing(
        title=f"States of {service}",
        description="; ".join(
            f"{each['id']} leads from {', '.join(each['from'])} to {each['to']}" for each in flow["actions"]
        ),
        height=_ROW * len(names) + 8,
    )
    ways = [
        (names.index(origin), names.index(each["to"]), f"{each['id']} ({each['by']})")
        for each in flow["actions"]
        for origin in each["from"]
    ]
    aside: dict[bool, int] = {True: 0, False: 0}
    ordered = sorted(ways, key=lambda way: (abs(way[1] - way[0]), way))
    for number, (start, end, label) in enumerate(ordered):
        # Bows of one action into one state lie inside each other: the outermost carries the words.
        is_inner = end != start + 1 and (end, label) in [
            way[1:] for way in ordered[number + 1 :] if way[1] != way[0] + 1
        ]
        _way(drawing, start, end, "" if is_inner else label, aside)
    for number, state in enumerate(flow["states"]):
        drawing.box(
            _LEFT,
            number * _ROW + _BOX_TOP,
            _BOX_WIDTH,
            (_texts(service)[f"states.{state['id']}.label"], state["id"]),
            height=_BOX_HEIGHT,
            kind="held" if state["kind"] == "end" else "box",
        )
    return drawing.svg()


def _way(drawing: Drawing, start: int, end: int, label: str, aside: dict[bool, int]) -> None:
    """Draw one action: straight to the next state, else in a bow on the right (down) or left (up)."""
    centre = WIDTH // 2
    if end == start + 1:
        top = start * _ROW + _BOX_TOP + _BOX_HEIGHT
        drawing.way(f"M{centre} {top} V{end * _ROW + _BOX_TOP}")
        drawing.words(centre + 12, top + 25, label, style="label")
        return
    is_down = end > start
    reach = 40 + _BOW * aside[is_down]
    aside[is_down] += 1
    from_y, to_y = (each * _ROW + _BOX_TOP + _BOX_HEIGHT // 2 for each in (start, end))
    if start == end:
        from_y, to_y = from_y + 14, to_y - 14
    edge, far = (_RIGHT, _RIGHT + reach) if is_down else (_LEFT, _LEFT - reach)
    drawing.way(f"M{edge} {from_y} C{far} {from_y} {far} {to_y} {edge} {to_y}")
    beside = edge + (reach * 3 // 4 + 8) * (1 if is_down else -1)
    drawing.words(
        beside, (from_y + to_y) // 2 + 5, label, style="label", anchor="start" if is_down else "end"
    )
