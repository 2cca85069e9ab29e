"""What the worker does: each job, when, and who asks for it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from devtool.reference import markdown, source

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOBS = "panjereh/jobs"


def page() -> str:
    """Return the page of jobs."""
    registry = source.module(f"{_JOBS}/registry.py")
    told = " ".join((ast.get_docstring(registry.tree) or "").split("\n\n")[-1].split())
    return markdown.page(
        "Jobs",
        "A job reads the clock and calls one operation of a door; asking a register, rendering, signing and "
        f"sending happen nowhere else. {told} How often and how far apart: {registry.link}.",
        markdown.table(("job", "runs", "what it does", "asked for in"), _rows()),
    )


def _rows() -> Iterator[list[str]]:
    for module in source.modules(_JOBS):
        for function in source.functions(module).values():
            marks = [mark for mark in function.decorator_list if isinstance(mark, ast.Call)]
            name = next((found for mark in marks if (found := _name(mark))), "")
            if name:
                times = next((found for mark in marks if (found := _times(mark))), "")
                yield [
                    markdown.code(name),
                    f"at `{times}` (cron)" if times else "when asked for",
                    source.first_sentence(function),
                    _askers(name),
                ]


def _name(mark: ast.Call) -> str:
    if source.last_name(mark) in {"job", "periodic_job"}:
        return source.text_of(mark.args[0])
    return source.text_of(source.keyword(mark, "name")) if source.last_name(mark) == "task" else ""


def _times(mark: ast.Call) -> str:
    return source.text_of(source.keyword(mark, "every") or source.keyword(mark, "cron"))


def _askers(name: str) -> str:
    return "<br>".join(
        module.link
        for module in source.modules("panjereh")
        for _, call in source.calls(module, "queue.defer")
        if source.text_of(call.args[0]) == name
    )
