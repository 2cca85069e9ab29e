"""Who may what: every route, every operation of a door and every address of the other programs, by role.

Read from the rows that the tests walk, so that what stands here is what was tried. Each package of pages,
room and program has its own; this page is where they are one table.
"""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from devtool import paths
from devtool.reference import markdown, source

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLES = paths.ROOT / "tests" / "platform" / "access"
# Where the words of all rows stand.
_WORDS = ("lines.py", "answers.py", "callers.py")
_ANSWERS = {
    "200": "yes",
    "302": "led on",
    "400": "refused (400)",
    "404": "absent",
    "410": "absent (410)",
    "415": "yes, with JSON",
    "422": "yes, if filled in right",
    "503": "to the identity provider",
    "to sign-in": "sign in first",
    "done": "yes",
    "nothing": "empty",
    "not-found": "absent",
}


def page() -> str:
    """Return the page."""
    return markdown.page(
        "Who may what",
        "The owner is the person whose thing it is; somebody else is signed in too. “Absent” is the answer "
        "to what does not exist: nobody learns which it was. `tests/platform/access` asks every line of "
        "every role and compares, and fails for a route or an operation that has no line. What is in no line "
        "is refused (405), a form without its token too (403).",
        markdown.section("Pages and interface", markdown.table(_ROUTE_HEADINGS, _routes())),
        markdown.section("The desk, by role at an agency", _DESK, markdown.table(_DESK_HEADINGS, _desk())),
        markdown.section(
            "Operations and questions of the doors", markdown.table(_OPERATION_HEADINGS, _operations())
        ),
        markdown.section(
            "Functions of the doors that take no actor",
            markdown.table(("why", "functions"), _without_actor()),
        ),
        markdown.section(
            "The other programs", markdown.table(("program", "address", "who may", "test"), _programs())
        ),
    )


_ROUTE_HEADINGS = ("route", "method", "about", "nobody known", "the owner", "somebody else")
_OPERATION_HEADINGS = ("operation", "nobody known", "the owner", "somebody else", "the platform itself")
_DESK_HEADINGS = ("page", "role", "fresh sign-in")
_DESK = (
    "No session of the window opens the desk. Without the role a page is absent; a role revoked opens "
    "nothing at the next click (`tests/platform/desk`)."
)


def _routes() -> Iterator[list[str]]:
    for table in _tables("routes"):
        for call in _calls(table, "LINES", "Line"):
            route, method, of, *answers = [_value(table, each) for each in call.args]
            yield [markdown.code(route), method, of, *map(_told, answers)]


def _operations() -> Iterator[list[str]]:
    for table in _tables("operations"):
        for call in _calls(table, "ACTING", "Operation"):
            name, _, *answers = call.args
            told = [_told(_value(table, each)) for each in answers]
            yield [markdown.code(_value(table, name)), *told]


def _without_actor() -> Iterator[list[str]]:
    whys: dict[str, str] = ast.literal_eval(_assigned("operations/__init__.py", "WHY_WITHOUT_ACTOR"))
    for kind, why in whys.items():
        names = [name for table in _tables("operations") for name in _rows(table, kind)]
        yield [why, markdown.codes(sorted(map(ast.literal_eval, names)))]


def _programs() -> Iterator[list[str]]:
    for table in _tables("programs"):
        for line in _rows(table, "PROGRAMS"):
            assert isinstance(line, ast.Tuple)  # noqa: S101 -- or the page could not be made
            program, address, who, test = [_value(table, each) for each in line.elts]
            yield [program, markdown.code(address), who, markdown.code(test)]


def _desk() -> Iterator[list[str]]:
    for module in source.modules("panjereh/web/desk"):
        for view in source.functions(module).values():
            for mark in view.decorator_list:
                if isinstance(mark, ast.Call) and source.last_name(mark) == "desk_page":
                    needs = source.written(mark.args[0]).rpartition(".")[2].lower() if mark.args else "any"
                    grave = source.keyword(mark, "is_grave")
                    yield [
                        source.first_sentence(view),
                        needs,
                        "yes" if isinstance(grave, ast.Constant) and grave.value else "",
                    ]


def _told(answer: str) -> str:
    return _ANSWERS.get(answer, markdown.code(answer))


def _tables(folder: str) -> list[str]:
    """Return the modules of rows in a folder, one for each package, room or program."""
    return [f"{folder}/{path.name}" for path in sorted((_TABLES / folder).glob("[!_]*.py"))]


@cache
def _assignments(name: str) -> dict[str, ast.expr]:
    """Return what a module assigns to which name."""
    found: dict[str, ast.expr] = {}
    for node in ast.parse((_TABLES / name).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                found |= zip(map(source.written, target.elts), value.elts, strict=True)
            else:
                found[source.written(target)] = value
    return found


def _assigned(name: str, variable: str) -> ast.expr:
    """Return what a table assigns to a name, or the words that the tables share."""
    for place in (name, *_WORDS):
        if variable in _assignments(place):
            return _assignments(place)[variable]
    raise LookupError(f"{name} has no {variable}")


def _rows(name: str, variable: str) -> list[ast.expr]:
    rows = _assignments(name).get(variable)
    return rows.elts if isinstance(rows, ast.Set | ast.Tuple) else []


def _calls(name: str, variable: str, of: str) -> Iterator[ast.Call]:
    for node in _rows(name, variable):
        if isinstance(node, ast.Call) and source.written(node.func) == of:
            yield node


def _value(name: str, node: ast.expr) -> str:
    """Return a text or number of a table; one that has a name is looked up."""
    if isinstance(node, ast.Name):
        return _value(name, _assigned(name, node.id))
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _value(name, part.value) if isinstance(part, ast.FormattedValue) else str(ast.literal_eval(part))
            for part in node.values
        )
    return str(ast.literal_eval(node))
