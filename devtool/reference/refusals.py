"""Refusal codes, from the classes that carry them and the catalogues that word them."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from devtool.reference import catalogues, markdown, source

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOTS = {"Refusal": "refusal", "PeerError": "the other side's fault"}
_WIRE = ("fault", "error")  # what a program says in the protocol of others: X-Road, OAuth


@dataclass(frozen=True)
class Carrier:
    """One class of the hierarchy."""

    module: source.Module
    node: ast.ClassDef

    def own(self, name: str) -> ast.expr | None:
        """Return what the class itself assigns to an attribute."""
        for line in self.node.body:
            if isinstance(line, ast.Assign) and source.written(line.targets[0]) == name:
                return line.value
            if isinstance(line, ast.AnnAssign) and source.written(line.target) == name:
                return line.value
        return None


@cache
def carriers() -> tuple[Carrier, ...]:
    """Return every class below `Refusal` and `PeerError`, in the order of their modules."""
    everything = [Carrier(module, node) for module in source.modules() for node in source.classes(module)]
    names = set(_ROOTS)
    while True:
        found = [each for each in everything if names & {source.last_name(base) for base in each.node.bases}]
        grown = names | {each.node.name for each in found}
        if grown == names:
            return tuple(found)
        names = grown


def ancestors(carrier: Carrier) -> Iterator[Carrier]:
    """Yield a class and those it inherits from, nearest first; of two with one name the nearer module's."""
    yield carrier
    for base in carrier.node.bases:
        name = source.last_name(base)
        same = [each for each in carriers() if each.node.name == name and each is not carrier]
        same.sort(
            key=lambda each: (
                each.module is not carrier.module,
                each.module.program != carrier.module.program,
            )
        )
        if same:
            yield from ancestors(same[0])


def attribute(carrier: Carrier, name: str) -> ast.expr | None:
    """Return an attribute's value, inherited or not."""
    return next((value for each in ancestors(carrier) if (value := each.own(name)) is not None), None)


def kind(carrier: Carrier) -> str:
    """Return what the code stands for."""
    bases = {source.last_name(base) for each in ancestors(carrier) for base in each.node.bases}
    return next(meaning for root, meaning in reversed(_ROOTS.items()) if root in bases)


def status(carrier: Carrier) -> str:
    """Return the HTTP status that says the same; a `Refusal` that names none is a conflict."""
    if kind(carrier) != _ROOTS["Refusal"]:
        return ""
    value = attribute(carrier, "status")
    if isinstance(value, ast.Attribute):
        return str(HTTPStatus[value.attr].value)
    return source.text_of(value) or str(HTTPStatus.CONFLICT.value)


@cache
def _raises() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return program and class name → where one is raised or made, as module and function."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    names = {each.node.name for each in carriers()}
    for module in source.modules():
        for holder, node in source.inside(module):
            made = node.exc if isinstance(node, ast.Raise) else node if isinstance(node, ast.Call) else None
            if made is not None and source.last_name(made) in names:
                where = module.path + (f": {holder.name}" if holder else "")
                found[module.program, source.last_name(made)][where] = None
    return {key: tuple(value) for key, value in found.items()}


def raised_in(carrier: Carrier) -> tuple[str, ...]:
    """Return where it is raised; a library's own are raised by the programs that use it too."""
    name = carrier.node.name
    if carrier.module.program not in {"panjereh_kernel", "panjereh_contracts", "panjereh_tlog"}:
        return _raises().get((carrier.module.program, name), ())
    return tuple(where for (_, each), places in _raises().items() if each == name for where in places)


def page() -> str:
    """Return the page of refusals, one section per room or program."""
    coded = [each for each in carriers() if each.own("code") is not None]
    homes = dict.fromkeys(each.module.room for each in coded)
    return markdown.page(
        "Refusal codes",
        "A refusal is an anticipated “no”: a stable code, facts, an HTTP status. Programs switch on the "
        "code; people read the sentence that the catalogue holds under `refusal:<code>`. A code without a "
        "sentence is met by programs and operators alone. Codes of another side's fault have no status.",
        *(
            markdown.section(home, _table([each for each in coded if each.module.room == home]))
            for home in sorted(homes)
        ),
    )


def _table(found: list[Carrier]) -> str:
    speaks = any(attribute(each, name) is not None for each in found for name in _WIRE)
    headings = (
        "code",
        "status",
        *(["on the wire"] if speaks else []),
        "meaning",
        "what a person reads",
        "raised in",
    )
    return markdown.table(headings, [_row(each, speaks=speaks) for each in found])


def _row(carrier: Carrier, *, speaks: bool) -> list[str]:
    code = source.text_of(carrier.own("code"))
    wire = next((text for name in _WIRE if (text := source.text_of(attribute(carrier, name)))), "")
    english = catalogues.sentences("en").get(f"refusal:{code}", "")
    farsi = catalogues.sentences("fa").get(f"refusal:{code}", "")
    return [
        markdown.code(code),
        status(carrier) or markdown.NONE,
        *([markdown.code(wire)] if speaks else []),
        source.first_sentence(carrier.node),
        "<br>".join(filter(None, (english, markdown.persian(farsi)))),
        "<br>".join(f"`{where}`" for where in raised_in(carrier)),
    ]
