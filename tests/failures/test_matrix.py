"""The matrix is whole: every way out of a program has its line, every line tests that are there."""

import ast
from functools import cache

import pytest

from devtool import paths
from tests.failures import leaving
from tests.failures.call import Call, Never
from tests.failures.matrix import CALLS
from tests.failures.outside import AT_A_TERMINAL
from tests.journeys.failures.habits import HABITS
from tests.journeys.failures.moments import MOMENTS

IN_THE_LONG_WALK = {each.__name__ for each in (*HABITS, *MOMENTS)}


@cache
def functions_in(path: str) -> frozenset[str]:
    tree = ast.parse((paths.ROOT / "tests" / path).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


def is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    if path.startswith("journeys/"):
        return name in IN_THE_LONG_WALK and name in functions_in(path)
    return name.startswith("test_") and name in functions_in(path)


@pytest.mark.slow  # it reads the whole source
def test_every_way_out_of_a_program_has_its_line() -> None:
    lined = {place for call in CALLS for place in call.places} | set(AT_A_TERMINAL)

    assert leaving.places() - lined == set(), "a call that leaves a program, and no line in the matrix"
    assert lined - leaving.places() == set(), "a line for a call that is not made any more"


@pytest.mark.slow  # as above
def test_no_program_talks_to_others_by_a_package_that_the_scan_does_not_know() -> None:
    assert leaving.unknown_clients() == []


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.origin} → {call.to}: {call.what}")
def test_every_line_names_tests_that_are_there(call: Call) -> None:
    for way, proof in call.proofs.items():
        if isinstance(proof, Never):
            assert proof.why, way
        else:
            assert proof, way
            assert [test for test in proof if not is_there(test)] == []


def test_a_new_way_out_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    new = leaving.Module(
        "panjereh/domain/payments/gateway.py",
        ast.parse("import httpx\ndef pay(): _send()\ndef _send(): httpx.post('https://bank.example/')\n"),
    )
    monkeypatch.setattr(leaving.source, "modules", lambda _under="": (new,))

    assert leaving.places.__wrapped__() == {"panjereh/domain/payments/gateway.py::pay"}
