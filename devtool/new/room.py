"""A new room: its code, its texts, its tests, and its place in every list that names the rooms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from devtool.new import names
from devtool.new.plan import Plan

if TYPE_CHECKING:
    from pathlib import Path

_PROJECT, _SETTINGS, _WALLS = (
    "pyproject.toml",
    "src/panjereh/config/settings.py",
    "tests/architecture/test_walls.py",
)
_FLOORS, _MAP = "coverage-floor.json", "ARCHITECTURE.md"
_CONTRACT = """[[tool.importlinter.contracts]]
id = "door-{room}"
name = "{room} is entered by its door alone"
type = "protected"
protected_modules = ["panjereh.domain.{room}.*"]
allowed_importers = ["panjereh.domain.{room}"]
ignore_imports = ["** -> panjereh.domain.{room}.api"]
unmatched_ignore_imports_alerting = "none"

"""


def plan(name: str, *, above: str, title_fa: str, title_en: str, root: Path) -> Plan:
    """Return the plan of a room that may use `above` and all below it. Raises `Trouble`."""
    room, lower = names.room(name, root=root), names.existing_room(above, root=root)
    title = names.english_title(title_en)
    plan = Plan(root)
    plan.fill(
        "room",
        {
            "room": room,
            "Room": room.capitalize(),
            "kebab": room,
            "title_fa": names.persian_title(title_fa),
            "title_en": title,
        },
        {"ROOM": room},
    )
    _take_place(plan, room, lower)
    floors: dict[str, float] = json.loads(plan.text(_FLOORS))
    floors[f"panjereh/domain/{room}"] = 100.0
    plan.put(_FLOORS, json.dumps(floors, indent=1, sort_keys=True) + "\n")
    row = f"| `{room}` | {title[0].lower()}{title[1:]}: one open entry for each person |\n"
    plan.insert(_MAP, row, after="| room | what lives there |", before=f"| `{lower}` |")
    return plan


def _take_place(plan: Plan, room: str, lower: str) -> None:
    """Put the room directly above another: the settings list rooms from low to high, the others from high."""
    plan.insert(_PROJECT, f'"{room}", ', after='id = "rooms"', before=f'"{lower}"')
    door = f'[[tool.importlinter.contracts]]\nid = "door-{lower}"'
    plan.insert(_PROJECT, _CONTRACT.format(room=room), after='id = "no-cycles"', before=door)
    plan.insert(_WALLS, f'"{room}",\n    ', after="ROOMS = (", before=f'"{lower}"')
    rooms = plan.text(_SETTINGS)
    begin = rooms.index(f'    "{lower}",\n', rooms.index("ROOMS = ("))
    place = begin + len(f'    "{lower}",\n')
    plan.put(_SETTINGS, f'{rooms[:place]}    "{room}",\n{rooms[place:]}')
