"""The interface for programs: its OpenAPI document, and the same as a page, from the declarations."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any

from devtool import paths
from devtool.reference import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

# The declarations are made by the program itself, so it is asked, with the settings of the tests.
_PRINT = (
    "import django, json; django.setup(); from panjereh.rest import description; "
    "print(json.dumps(description.described(), ensure_ascii=False, indent=1))"
)


@cache
def document() -> str:
    """Return the description as text."""
    run = subprocess.run(
        [str(paths.PYTHON), "-c", _PRINT],
        cwd=paths.ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": f"{paths.ROOT / 'src'}:{paths.ROOT}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


def page() -> str:
    """Return the page of operations."""
    described = json.loads(document())
    return markdown.page(
        "The interface for programs",
        f"{described['info']['description']} For machines: [openapi.json](openapi.json), and "
        "`/api/v1/openapi.json` of every installation.",
        markdown.section(
            "Operations",
            markdown.table(("address", "name", "what it does", "scope", "answers"), _rows(described)),
        ),
    )


def _rows(described: dict[str, Any]) -> Iterator[list[str]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield [
                markdown.code(f"{method.upper()} /api/v1{path}"),
                markdown.code(operation["operationId"]),
                operation["summary"],
                markdown.codes(scope for each in operation.get("security", []) for scope in each["person"]),
                "<br>".join(_answers(operation["responses"])),
            ]


def _answers(responses: dict[str, Any]) -> Iterator[str]:
    for status, answer in responses.items():
        problem = answer.get("content", {}).get("application/problem+json")
        codes = problem["schema"]["properties"]["code"]["enum"] if problem else []
        yield f"{status} {markdown.codes(codes)}" if codes else status
