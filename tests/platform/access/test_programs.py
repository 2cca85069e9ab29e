"""The other programs have no address that is not in the table, and every line names a test that is there."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platform.access.programs import PROGRAMS

ROOT = Path(__file__).resolve().parents[3]


def routes_of(program: str) -> Iterator[str]:
    """Yield the address of every `Route(…)` in a program's source, as written."""
    for path in sorted((ROOT / "src" / program).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Route", "routing.Route", "Mount"):
                yield as_written(node.args[0])


def as_written(address: ast.expr) -> str:
    if isinstance(address, ast.Constant):
        return str(address.value)
    return ast.unparse(address).removeprefix("f").strip("'\"")


@pytest.mark.parametrize("program", sorted({line[0] for line in PROGRAMS}))
def test_every_address_of_a_program_has_a_line(program):
    assert Counter(routes_of(program)) == Counter(line[1] for line in PROGRAMS if line[0] == program)


@pytest.mark.parametrize("test", sorted({line[3] for line in PROGRAMS}))
def test_the_test_a_line_names_is_there(test):
    path, name = test.split("::")
    written = (ROOT / path).read_text(encoding="utf-8")

    assert re.search(rf"^(async )?def {name}\(", written, re.MULTILINE)
