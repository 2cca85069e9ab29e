"""The numbers of the pack linter with what they say, from the calls that raise them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from devtool.reference import markdown, source

_RULES = "panjereh/domain/catalogue/rules"
_NUMBER = re.compile(r"P\d{3}")


def page() -> str:
    """Return the page of faults."""
    groups = " ".join(
        (ast.get_docstring(source.module(f"{_RULES}/linter.py").tree) or "").split("\n\n")[1].split()
    )
    return markdown.page(
        "Faults of a pack",
        "Why the linter does not install a pack. What is in braces is filled in. "
        + groups.partition(". ")[0]
        + ".",
        markdown.table(
            ("number", "says", "raised in"),
            [
                [markdown.code(number), "<br>".join(texts) or "see the module", "<br>".join(modules)]
                for number, (texts, modules) in sorted(faults().items())
            ],
        ),
    )


def faults() -> dict[str, tuple[list[str], list[str]]]:
    """Return number → what it says and the modules that say it."""
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    modules: dict[str, dict[str, None]] = defaultdict(dict)
    for module in source.modules(_RULES):
        for holder, node in source.inside(module):
            for number, text in _said(holder, node):
                modules[number][module.link] = None
                if text:
                    texts[number][text] = None
    return {number: (list(texts[number]), list(found)) for number, found in modules.items()}


def _said(holder: source.Function | None, node: ast.AST) -> list[tuple[str, str]]:
    """Return the numbers in one node; of a call or a tuple with the text that follows the number."""
    if isinstance(node, ast.Constant) and _NUMBER.fullmatch(source.text_of(node)):
        return [(source.text_of(node), "")]
    parts = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
    return [
        (number, _text(holder, parts[place + 1]))
        for place, part in enumerate(parts[:-1])
        if _NUMBER.fullmatch(number := source.text_of(part))
    ]


def _text(holder: source.Function | None, node: ast.expr) -> str:
    """Return a text that is written here, or above in the function under a name."""
    if not isinstance(node, ast.Name) or holder is None:
        return source.text_of(node)
    above = [
        line
        for line in ast.walk(holder)
        if isinstance(line, ast.Assign)
        and source.written(line.targets[0]) == node.id
        and line.lineno < node.lineno
    ]
    return source.text_of(max(above, key=lambda line: line.lineno).value) if above else ""
