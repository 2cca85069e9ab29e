"""The block above a macro, read by machine: what it is, each parameter with its type, what to do and not.

{#: tag
The state of one thing, as a shape, a colour and a word.
kind: "go" | "wait" | "good" | "bad" | "" -- shape and colour; empty is neutral
label: str -- the word
do: One for a thing.
don't: Tags as buttons.
#}
{% macro tag(kind, label) %}…
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, nodes

from panjereh.plumbing.kit.shapes import read_shape

TEMPLATES: Final = Path(__file__).resolve().parents[1] / "templates" / "kit"
_BLOCK = re.compile(r"^\{#: (?P<name>\w+)\n(?P<body>.*?)\n#\}$", re.DOTALL | re.MULTILINE)
_PARAMETER = re.compile(r"(?P<name>\w+): (?P<shape>.+?) -- (?P<meaning>.+)")
_ADVICE = re.compile(r"(?P<name>do|don't): (?P<text>.+)")


class BlockFaulty(Exception):  # noqa: N818 -- reads as the sentence it prints
    """A macro has no block, or its block does not say what the macro takes."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `shape` is its type, `default` as the template writes it, None if it must be given."""

    name: str
    shape: ast.expr
    meaning: str
    default: str | None

    @property
    def type_text(self) -> str:
        """The type as a reader sees it."""
        return ast.unparse(self.shape).replace("'", '"')


@dataclass(frozen=True, slots=True)
class Component:
    """One macro. `subject` is the file it stands in; `takes_body` whether a page may put text into it."""

    name: str
    subject: str
    what: str
    parameters: tuple[Parameter, ...]
    do: str
    dont: str
    takes_body: bool

    @property
    def call(self) -> str:
        """The macro's signature."""
        return f"{self.name}({', '.join(_signed(each) for each in self.parameters)})"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence a reader sees, for the message catalogue."""
        return tuple(
            filter(None, (self.what, self.do, self.dont, *(each.meaning for each in self.parameters)))
        )


@cache
def components() -> Mapping[str, Component]:
    """Return every macro of the kit by name, in the order of the files. Raises `BlockFaulty`."""
    found = [
        each
        for path in sorted(TEMPLATES.glob("*.html"))
        for each in read_blocks(path.read_text("utf-8"), path.stem)
    ]
    return {each.name: each for each in found}


def read_blocks(source: str, subject: str) -> Iterator[Component]:
    """Yield the macros of a file with their blocks. Raises `BlockFaulty`; a name that begins with _ needs none."""
    blocks = {match["name"]: match["body"].split("\n") for match in _BLOCK.finditer(source)}
    for macro in _macros(source):
        if macro.name.startswith("_"):
            continue
        if macro.name not in blocks:
            raise BlockFaulty(f"{subject}: the macro {macro.name} has no block")
        yield _component(macro, subject, blocks.pop(macro.name))
    if blocks:
        raise BlockFaulty(f"{subject}: no macro is called {', '.join(blocks)}")


def _component(macro: nodes.Macro, subject: str, lines: list[str]) -> Component:
    advice = {match["name"]: match["text"] for line in lines if (match := _ADVICE.fullmatch(line))}
    told = {match["name"]: match for line in lines[1:] if (match := _PARAMETER.fullmatch(line))}
    unread = [line for line in lines[1:] if not _ADVICE.fullmatch(line) and not _PARAMETER.fullmatch(line)]
    taken = [argument.name for argument in macro.args]
    if unread or list(told) != taken:
        raise BlockFaulty(
            f"{subject}: {macro.name} takes {taken}, its block tells {list(told)}{unread or ''}"
        )
    parameters = tuple(
        Parameter(name, read_shape(told[name]["shape"]), told[name]["meaning"], default)
        for name, default in _defaults(macro).items()
    )
    takes_body = any(each.name == "caller" for each in macro.find_all(nodes.Name))
    return Component(
        macro.name, subject, lines[0], parameters, advice.get("do", ""), advice.get("don't", ""), takes_body
    )


def _macros(source: str) -> Iterator[nodes.Macro]:
    # Only read here, never rendered: what it does with markup does not matter.
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(source)  # noqa: S701
    yield from tree.find_all(nodes.Macro)


def _defaults(macro: nodes.Macro) -> dict[str, str | None]:
    required = len(macro.args) - len(macro.defaults)
    defaults = [None] * required + [_as_written(each) for each in macro.defaults]
    return {argument.name: default for argument, default in zip(macro.args, defaults, strict=True)}


def _as_written(default: nodes.Expr) -> str:
    value = default.as_const()
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _signed(parameter: Parameter) -> str:
    return parameter.name if parameter.default is None else f"{parameter.name}={parameter.default}"
