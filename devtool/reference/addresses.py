"""Every HTTP address: the platform's pages with who may call them, and the other programs' routes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from devtool.reference import markdown, source

if TYPE_CHECKING:
    from collections.abc import Iterator

_URLS, _WEB = "panjereh/config/urls.py", "panjereh/web"
_METHODS = {"require_GET": "GET", "require_safe": "GET, HEAD", "require_POST": "POST"}
# What a view calls tells who it is for; the first that is found speaks.
_CALLERS = {
    "edge.actor_of": "the signed-in person, their own alone",
    "_visitor": "the browser that began this sign-in",
    "settings.PANJEREH.is_practice": "anybody, in the practice profile",
}
_ROUTERS = ("panjereh_idp", "panjereh_node", "panjereh_registry", "panjereh_land")


def page() -> str:
    """Return the page of addresses."""
    return markdown.page(
        "Addresses",
        "Persian pages stand at the address shown, English ones at the same under `/en`. A GET changes "
        "nothing, but for the views that say so: their protocol demands it. What is not one's own answers "
        "404 like what is not there.",
        *(_audience(audience, packages) for audience, packages in _pages().items()),
        markdown.section(
            "For machines", markdown.table(("address", "methods", "what it does"), _machine_rows())
        ),
        *(_program(program) for program in _ROUTERS),
    )


def _pages() -> dict[str, dict[str, str]]:
    """Return where each package of each audience hangs, as its own `urls.py` says."""
    audiences = ast.literal_eval(source.assigned(source.module(_URLS), "AUDIENCES"))
    return {audience: dict(_prefixes(audience)) for audience in audiences}


def _prefixes(audience: str) -> Iterator[tuple[str, str]]:
    for file in sorted((source.SOURCE / _WEB / audience).glob("*/urls.py")):
        package = file.parent.name
        yield (
            package,
            str(source.literal(source.module(f"{_WEB}/{audience}/{package}/urls.py"), "PREFIX")),
        )


def _machine_rows() -> Iterator[list[str]]:
    for _, call in source.calls(source.module(_URLS), "path"):
        address = source.text_of(call.args[0])
        if address.startswith("health/"):
            view = source.functions(source.module("panjereh/plumbing/health.py"))[
                source.last_name(call.args[1])
            ]
            yield [markdown.code(f"/{address}"), "any", source.first_sentence(view)]
    for _, call in source.calls(source.module("panjereh/rest/urls.py"), "path"):
        methods = (
            [str(each.arg) for each in call.args[1].keywords] if isinstance(call.args[1], ast.Call) else []
        )
        address = markdown.code(f"/api/v1/{source.text_of(call.args[0])}")
        yield [address, ", ".join(methods), "Described in `/api/v1/openapi.json`."]
    yield [markdown.code("/static/…"), "GET", "Styles and fonts, without a session."]


def _audience(audience: str, packages: dict[str, str]) -> str:
    rows = [row for package, prefix in packages.items() for row in _rows(audience, package, prefix)]
    headings = ("address", "name", "methods", "who may", "what it does")
    return markdown.section(f"`{audience}`", markdown.table(headings, rows))


def _rows(audience: str, package: str, prefix: str) -> Iterator[list[str]]:
    folder = f"{_WEB}/{audience}/{package}"
    for _, call in source.calls(source.module(f"{folder}/urls.py"), "path"):
        module, name = source.written(call.args[1]).split(".")
        views = source.functions(source.module(f"{folder}/{module}.py"))
        view = views[name]
        marks = [source.last_name(mark) for mark in view.decorator_list]
        writes = " Writes on GET." if "writes_on_get" in marks else ""
        yield [
            markdown.code(f"/{prefix}{source.text_of(call.args[0])}"),
            markdown.code(f"{audience}:{source.text_of(source.keyword(call, 'name'))}"),
            _methods(view),
            _who_may(view, views),
            source.first_sentence(view) + writes,
        ]


def _methods(view: source.Function) -> str:
    for mark in view.decorator_list:
        name = source.last_name(mark)
        if name in _METHODS:
            return _METHODS[name]
        if name == "require_http_methods" and isinstance(mark, ast.Call):
            return ", ".join(ast.literal_eval(mark.args[0]))
    return "any"


def _who_may(view: source.Function, views: dict[str, source.Function]) -> str:
    words = _words(view, views, set())
    return next((who for word, who in _CALLERS.items() if word in words), "anybody")


def _words(view: source.Function, views: dict[str, source.Function], seen: set[str]) -> set[str]:
    """Return the names a view uses, itself or through the functions of its module."""
    seen.add(view.name)
    found = {source.written(node) for node in ast.walk(view) if isinstance(node, ast.Name | ast.Attribute)}
    for name in sorted((found & set(views)) - seen):
        found |= _words(views[name], views, seen)
    return found


def _program(program: str) -> str:
    rows = [row for module in source.modules(program) for row in _routes(module)]
    return markdown.section(f"`{program}`", markdown.table(("address", "methods", "answered by"), rows))


def _routes(module: source.Module) -> Iterator[list[str]]:
    for _, call in source.calls(module, "Service"):  # the practice country's table of questions
        yield [
            markdown.code(source.text_of(call.args[1])),
            "POST",
            markdown.code(f"{module.path}: {source.written(call.args[3])}"),
        ]
    for _, call in source.calls(module, "Route"):
        address = _address(module, call.args[0])
        if address:
            endpoint = f"{module.path}: {source.written(call.args[1])}"
            yield [markdown.code(address), _route_methods(module, call), markdown.code(endpoint)]


def _address(module: source.Module, node: ast.expr) -> str:
    text = source.text_of(node)
    if isinstance(node, ast.Name):
        return str(source.literal(module, node.id))
    for name in [part for part in text.replace("}", "{").split("{") if part.isupper()]:
        text = text.replace(f"{{{name}}}", str(source.literal(module, name)))
    return text


def _route_methods(module: source.Module, call: ast.Call) -> str:
    methods = source.keyword(call, "methods")
    if methods is None:
        return "GET, HEAD"
    if isinstance(methods, ast.Name):  # a constant of another module of the program
        for each in source.modules(module.program):
            try:
                return ", ".join(source.literal(each, methods.id))  # type: ignore[arg-type]
            except LookupError:
                continue
    return ", ".join(ast.literal_eval(methods))
