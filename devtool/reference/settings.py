"""Settings of every program, from the readers of the environment and one list of meanings."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from devtool.reference import markdown, source

if TYPE_CHECKING:
    from collections.abc import Iterator

# GAP: a meaning stands here and not beside its setting; a test holds the two lists equal.
_MEANINGS = Path(__file__).with_name("meanings.json")
_PLATFORM = "panjereh/config/environment.py"
_READERS = {
    "panjereh_idp": "panjereh_idp/adapters/settings.py",
    "panjereh_node": "panjereh_node/adapters/settings.py",
    "panjereh_registry": "panjereh_registry/adapters/settings.py",
    "panjereh_land": "panjereh_land/settings.py",
}


@dataclass(frozen=True)
class Setting:
    """One variable; `default` is None where it must be given."""

    program: str
    name: str
    default: str | None

    @property
    def secrecy(self) -> str:
        """What is secret about it, read off its name: secrets come by path, passwords in addresses."""
        if self.name.endswith(("KEY_FILE", "SIGNING_KEY_DIRECTORY")):
            return "the file is secret" if self.name.endswith("FILE") else "the files are secret"
        if self.name.endswith("_KEYS"):
            return "the value is secret"
        if "_DATABASE_" in self.name and self.name.endswith("URL"):
            return "may carry a password"
        return "no"


def meanings() -> dict[str, str]:
    """Return what each setting means, by name."""
    found: dict[str, str] = json.loads(_MEANINGS.read_text(encoding="utf-8"))
    return found


def all_settings() -> list[Setting]:
    """Return the settings of all programs, in the order in which their readers read them."""
    return [*_of_platform(), *(each for name in _READERS for each in _of_program(name))]


def _of_platform() -> Iterator[Setting]:
    module = source.module(_PLATFORM)
    fields = next(each for each in source.classes(module) if each.name == "Environment")
    for field in fields.body:
        if isinstance(field, ast.AnnAssign) and isinstance(field.value, ast.Call):
            default = source.keyword(field.value, "default")
            name = f"PANJEREH_{source.written(field.target).upper()}"
            yield Setting("panjereh", name, None if default is None else source.text_of(default))


def _of_program(program: str) -> Iterator[Setting]:
    module = source.module(_READERS[program])
    prefix = program.upper() + "_"
    seen = set()
    for _, call in source.calls(module, "read", "reader.value"):
        name = prefix + source.text_of(call.args[0])
        if name not in seen:
            seen.add(name)
            yield Setting(program, name, _default(module, program, call))


def _default(module: source.Module, program: str, call: ast.Call) -> str | None:
    if program == "panjereh_land":  # its third argument; an empty text is refused by the parser
        return _constant(module, call.args[2]) or None
    default = source.keyword(call, "default")
    return None if default is None else source.text_of(default)


def _constant(module: source.Module, node: ast.expr) -> str:
    if isinstance(node, ast.Call):  # str(DEFAULT_SEED)
        node = node.args[0]
    if not isinstance(node, ast.Name):
        return source.text_of(node)
    for imported in module.tree.body:
        if isinstance(imported, ast.ImportFrom) and node.id in {alias.name for alias in imported.names}:
            home = source.module(f"{(imported.module or '').replace('.', '/')}.py")
            return str(source.literal(home, node.id))
    return str(source.literal(module, node.id))


def page() -> str:
    """Return the page. Raises `LookupError` for a setting without a meaning, or a meaning without one."""
    known, settings = meanings(), all_settings()
    if differing := {each.name for each in settings} ^ set(known):
        raise LookupError(f"{_MEANINGS.name} and the readers differ about: {', '.join(sorted(differing))}")
    programs = dict.fromkeys(each.program for each in settings)
    return markdown.page(
        "Settings",
        "A program reads its environment once, at its start, and tells every fault at once. A secret is "
        "not the value of a variable but of the file it names; the one exception says so. `./dev up` makes "
        "all of this for the practice country (`panjereh_land prepare`).",
        *(
            _section(program, [each for each in settings if each.program == program], known)
            for program in programs
        ),
    )


def _section(program: str, settings: list[Setting], known: dict[str, str]) -> str:
    rows = [
        (markdown.code(each.name), known[each.name], _shown(each.default), each.secrecy) for each in settings
    ]
    return markdown.section(
        f"`{program}`", markdown.table(("variable", "meaning", "default", "secret"), rows)
    )


def _shown(default: str | None) -> str:
    if default is None:
        return "must be set"
    return markdown.code(default) if default else "none"
