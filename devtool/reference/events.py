"""What the audit record is told, and what the outbox tells the rooms above."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from devtool.reference import markdown, source

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOMAIN = "panjereh/domain"
_SUBSCRIPTIONS = "panjereh/jobs/subscriptions.py"
_HOLE = re.compile(r"\{(\w+)\}")


def page() -> str:
    """Return the page of events."""
    return markdown.page(
        "Events",
        "Two kinds. An *audit event* is a leaf of the record that nobody changes: ids and codes, never "
        "personal data. An *outbox event* is written with a change and delivered after it, at least once, to "
        "whoever `jobs/subscriptions.py` names.",
        markdown.section(
            "Audit events",
            "Where part of a name is computed, the values of its type stand beside it.",
            markdown.table(("event", "written in"), _audit_rows()),
        ),
        markdown.section(
            "Access traces",
            "Somebody's data was read by another; the trace is written first, on a connection of its own.",
            markdown.table(("what", "written in"), _trace_rows()),
        ),
        markdown.section(
            "Outbox events",
            markdown.table(("event", "meaning", "carries", "emitted in", "subscribers"), _outbox_rows()),
        ),
    )


def audit_events() -> dict[str, tuple[str, ...]]:
    """Return every audit event with the modules that write it; what is computed in a name is in braces."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for module in source.modules(_DOMAIN):
        for holder, node in source.inside(module):
            for name in _names(module, node):
                found[_explained(module, holder, name)][module.path] = None
    return {name: tuple(places) for name, places in sorted(found.items())}


def _names(module: source.Module, node: ast.AST) -> Iterator[str]:
    """Yield the names in one node: `<room>.<thing>.<past verb>` is a form that nothing else here has."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        text = source.text_of(node)
        if re.fullmatch(rf"{module.room}\.[a-z_-]+\.(?:[a-z_]+|\{{\w+\}})", text):
            yield text


def _explained(module: source.Module, holder: source.Function | None, name: str) -> str:
    """Return the name; where part of it is computed, with the values its type allows."""
    hole = _HOLE.search(name)
    if hole is None or holder is None:
        return name
    values = _values_of(module, holder, hole[1])
    return f"{name} ({', '.join(values)})" if values else name


def _values_of(module: source.Module, holder: source.Function, variable: str) -> list[str]:
    """Return the members of a variable's enumeration, known by its annotation, its name or the return."""
    known = {
        node.name: node
        for each in source.modules(f"{_DOMAIN}/{module.room}")
        for node in source.classes(each)
        if "StrEnum" in map(source.written, node.bases)
    }
    kinds = [
        source.last_name(each.annotation)
        for each in [*holder.args.args, *holder.args.kwonlyargs]
        if each.arg == variable and each.annotation is not None
    ]
    returned = {
        source.written(node.value) for node in ast.walk(holder) if isinstance(node, ast.Return) and node.value
    }
    if holder.returns is not None and variable in returned:
        kinds.append(source.last_name(holder.returns))
    kinds.append(variable.capitalize())
    enumeration = next((known[kind] for kind in kinds if kind in known), None)
    if enumeration is None:
        return []
    return [source.text_of(line.value) for line in enumeration.body if isinstance(line, ast.Assign)]


def _audit_rows() -> Iterator[list[str]]:
    for name, places in audit_events().items():
        event, _, values = name.partition(" ")
        yield [" ".join(filter(None, (markdown.code(event), values))), _links(places)]


def _trace_rows() -> Iterator[list[str]]:
    for module in source.modules(_DOMAIN):
        for holder, call in source.calls(module, "audit.trace_access"):
            where = f"{module.link}: {holder.name}" if holder else module.link
            yield [markdown.code(source.text_of(source.keyword(call, "what"))), where]


def _outbox_rows() -> Iterator[list[str]]:
    for module in source.modules(_DOMAIN):
        for node in source.classes(module):
            if "Event" in map(source.last_name, node.bases):
                yield _outbox_row(node)


def _outbox_row(node: ast.ClassDef) -> list[str]:
    lines = [line for line in node.body if isinstance(line, ast.AnnAssign)]
    name = next(source.text_of(line.value) for line in lines if source.written(line.target) == "name")
    carried = [source.written(line.target) for line in lines if source.written(line.target) != "name"]
    return [
        markdown.code(name),
        source.first_sentence(node),
        markdown.codes(carried),
        _links(_emitters(node.name)),
        markdown.codes(_subscribers(node.name)) if _subscribers(node.name) else "nobody yet",
    ]


def _emitters(event: str) -> tuple[str, ...]:
    return tuple(
        module.path
        for module in source.modules(_DOMAIN)
        for _, call in source.calls(module, "outbox.emit", "emit")
        if source.last_name(call.args[0]) == event
    )


def _subscribers(event: str) -> list[str]:
    module = source.module(_SUBSCRIPTIONS)
    return [
        source.text_of(call.args[1])
        for _, call in source.calls(module, "Subscription")
        if source.last_name(call.args[0]) == event
    ]


def _links(places: tuple[str, ...]) -> str:
    return "<br>".join(source.module(place).link for place in places)
