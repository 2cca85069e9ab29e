"""Settings of every program, from the dataclasses that their readers fill and one list of meanings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from devtool.reference import markdown
from panjereh_kernel import environment

if TYPE_CHECKING:
    from panjereh_kernel.environment import Kind

# GAP: a meaning stands here and not beside its setting; a test holds the two lists equal.
_MEANINGS = Path(__file__).with_name("meanings.json")
# Program → the classes of its settings, in their module.
_READERS = {
    "panjereh": ("panjereh.config.environment", "Environment"),
    "panjereh_idp": ("panjereh_idp.adapters.settings", "Settings", "MigrationSettings"),
    "panjereh_node": ("panjereh_node.adapters.settings", "Settings"),
    "panjereh_registry": ("panjereh_registry.adapters.settings", "Settings"),
    "panjereh_land": ("panjereh_land.settings", "Settings"),
}


@dataclass(frozen=True)
class Setting:
    """One variable of a program; `default` is None where it must be given."""

    program: str
    name: str
    kind: Kind
    default: str | None

    @property
    def secrecy(self) -> str:
        """What is secret about it."""
        return self.kind.secrecy


def meanings() -> dict[str, str]:
    """Return what each setting means, by name."""
    found: dict[str, str] = json.loads(_MEANINGS.read_text(encoding="utf-8"))
    return found


def all_settings() -> list[Setting]:
    """Return the settings of all programs, in the order in which their readers read them."""
    return [each for program in _READERS for each in _of_program(program)]


def _of_program(program: str) -> list[Setting]:
    module_name, *names = _READERS[program]
    module = import_module(module_name)
    found = [
        Setting(program, each.variable, each.kind, each.default)
        for name in names
        for each in environment.settings_of(getattr(module, name), prefix=module.PREFIX)
    ]
    return list({each.name: each for each in reversed(found)}.values())[::-1]


def page() -> str:
    """Return the page. Raises `LookupError` for a setting without a meaning, or a meaning without one."""
    known, settings = meanings(), all_settings()
    if differing := {each.name for each in settings} ^ set(known):
        raise LookupError(f"{_MEANINGS.name} and the readers differ about: {', '.join(sorted(differing))}")
    programs = dict.fromkeys(each.program for each in settings)
    return markdown.page(
        "Settings",
        "A program reads its environment once, at its start, and tells every fault at once. A secret is not "
        "the value of a variable but of the file it names; the exceptions say so. A variable with the prefix "
        "of a program that is none of its settings is named at the start. With the profile `production` a "
        "program refuses to start where a setting is not as the column “production asks” says, and while "
        "Python's own debugging is on. `./dev up` makes all of this for the practice country "
        "(`panjereh_land prepare`).",
        *(
            _section(program, [each for each in settings if each.program == program], known)
            for program in programs
        ),
    )


def _section(program: str, settings: list[Setting], known: dict[str, str]) -> str:
    rows = [
        (
            markdown.code(each.name),
            known[each.name],
            each.kind.told,
            _shown(each.default),
            each.kind.asked,
            each.secrecy,
        )
        for each in settings
    ]
    headings = ("variable", "meaning", "type", "default", "production asks", "secret")
    return markdown.section(f"`{program}`", markdown.table(headings, rows))


def _shown(default: str | None) -> str:
    if default is None:
        return "must be set"
    return markdown.code(default) if default else "none"
