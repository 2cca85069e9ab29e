"""In practice and in tests every call of a macro of the kit is checked; in production nothing is added.

The check is one line put behind the head of each macro when its file is read: a wrong call fails on the page
that makes it, with the name of the macro and of the parameter.
"""

import re
from typing import Any

from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension

from panjereh.plumbing.kit.blocks import components
from panjereh.plumbing.kit.shapes import fits

_HEAD = re.compile(r"^(\{% macro (\w+)\(.*\) %\})", re.MULTILINE)


class KitMisused(TypeError):  # noqa: N818 -- reads as the sentence it prints
    """A page calls a macro of the kit with something it does not take."""


class StrictCalls(Extension):
    """Jinja extension: the macros of `kit/` check what they are given."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["checked_call"] = check_call

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 -- Jinja's signature
        """Put the check behind the head of each macro; on the same line, so that line numbers stay true."""
        return _HEAD.sub(_with_check, source) if name and name.startswith("kit/") else source


def _with_check(head: re.Match[str]) -> str:
    component = components().get(head[2])
    if component is None:
        return head[1]
    given = ", ".join(f'"{each.name}": {each.name}' for each in component.parameters)
    return f'{head[1]}{{% set _checked = checked_call("{component.name}", {{{given}}}) %}}'


def check_call(name: str, given: dict[str, Any]) -> None:
    """Compare what a macro was given with its block. Raises `KitMisused`."""
    for parameter in components()[name].parameters:
        value = given[parameter.name]
        if isinstance(value, StrictUndefined):
            raise KitMisused(f"kit.{name}: {parameter.name} is missing")
        if not fits(value, parameter.shape):
            raise KitMisused(f"kit.{name}: {parameter.name} is {parameter.type_text}, not {value!r}")
