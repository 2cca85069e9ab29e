"""The source tree as syntax: modules, classes, functions, and the expressions that reading can resolve."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from devtool import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = paths.ROOT / "src"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One module: its path under `src` with slashes, and its syntax."""

    path: str
    tree: ast.Module

    @property
    def program(self) -> str:
        """The package at the top."""
        return self.path.split("/", maxsplit=1)[0]

    @property
    def room(self) -> str:
        """The room of the platform's domain, else the package below the program, else the program."""
        parts = self.path.split("/")
        if parts[:2] == ["panjereh", "domain"] and len(parts) > 3:  # noqa: PLR2004 - domain/<room>/<module>
            return parts[2]
        return parts[1] if parts[0] == "panjereh" and len(parts) > 2 else parts[0]  # noqa: PLR2004 - as above

    @property
    def link(self) -> str:
        """The module as a link from a page of `docs/reference`."""
        return f"[`{self.path}`](../../src/{self.path})"


@cache
def modules(under: str = "") -> tuple[Module, ...]:
    """Return every module below a folder of `src`, in the order of their paths."""
    found = sorted((SOURCE / under).rglob("*.py"))
    return tuple(module(path.relative_to(SOURCE).as_posix()) for path in found)


@cache
def module(path: str) -> Module:
    """Return one module by its path. Raises `FileNotFoundError`."""
    return Module(path, ast.parse((SOURCE / path).read_text(encoding="utf-8")))


def functions(module: Module) -> dict[str, Function]:
    """Return the module's own functions by name."""
    return {node.name: node for node in module.tree.body if isinstance(node, Function)}


def classes(module: Module) -> Iterator[ast.ClassDef]:
    """Yield the classes of a module."""
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef):
            yield node


def inside(module: Module) -> Iterator[tuple[Function | None, ast.AST]]:
    """Yield every node with the outermost function it stands in."""
    for top in module.tree.body:
        for holder in [*top.body] if isinstance(top, ast.ClassDef) else [top]:
            for node in ast.walk(holder):
                yield (holder if isinstance(holder, Function) else None), node


def calls(module: Module, *names: str) -> Iterator[tuple[Function | None, ast.Call]]:
    """Yield calls of a function with one of the names, as `name(…)` or `door.name(…)` is written."""
    return ((holder, call) for holder, call, name in _calls(module) if name in names)


@cache
def _calls(module: Module) -> tuple[tuple[Function | None, ast.Call, str], ...]:
    # The pages ask hundreds of times for calls of one name in every module.
    return tuple(
        (holder, node, written(node.func)) for holder, node in inside(module) if isinstance(node, ast.Call)
    )


@cache
def written(node: ast.AST) -> str:
    """Return an expression as it is written."""
    return ast.unparse(node)


def last_name(node: ast.AST) -> str:
    """Return the last part of `a.b.Name` or `Name`, or of what such a name is called for."""
    if isinstance(node, ast.Call):
        return last_name(node.func)
    return written(node).rpartition(".")[2]


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return the value of a keyword argument."""
    return next((word.value for word in call.keywords if word.arg == name), None)


def text_of(node: ast.AST | None) -> str:
    """Return the text of a literal; what is computed in it stays in braces. "" for anything else."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"{{{last_name(_inner(part))}}}"
            for part in node.values
        )
    return ""


def _inner(part: ast.expr) -> ast.expr:
    return part.value if isinstance(part, ast.FormattedValue) else part


def assigned(module: Module, name: str) -> ast.expr:
    """Return what a module assigns to a name. Raises `LookupError`."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and any(written(target) == name for target in node.targets):
            return node.value
        if isinstance(node, ast.AnnAssign) and written(node.target) == name and node.value is not None:
            return node.value
    raise LookupError(f"{module.path} assigns no {name}")


def literal(module: Module, name: str) -> object:
    """Return the value of a name that a module assigns a literal, names of other literals resolved."""
    return ast.literal_eval(
        _Resolved(module).visit(ast.parse(written(assigned(module, name)), mode="eval").body)
    )


class _Resolved(ast.NodeTransformer):
    def __init__(self, module: Module) -> None:
        self._module = module

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self.visit(ast.parse(written(assigned(self._module, node.id)), mode="eval").body)  # type: ignore[no-any-return]


def first_sentence(node: ast.Module | ast.ClassDef | Function) -> str:
    """Return the first sentence of a docstring on one line, "" where there is none."""
    text = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
    head, stop, _ = text.partition(". ")
    return head + (stop.strip() if stop else "")
