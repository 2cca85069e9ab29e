"""What can happen to each call that leaves a program, and which test shows what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devtool.reference import markdown
from tests.failures.call import Never
from tests.failures.matrix import CALLS

if TYPE_CHECKING:
    from tests.failures.call import Call, Proof


def page() -> str:
    """Return the page of failures."""
    return markdown.page(
        "Failures",
        "Every call that leaves a program can fail, can be done without anybody hearing of it, can be slow, "
        "and can come twice. Each has its test; a call that is added without its line here fails one "
        "(`tests/failures`). Moments and habits are walked on the running programs by "
        "`./dev journey --failures`, with random kills beside them; `./dev test --all` walks a hundred.",
        *(_section(number, call) for number, call in enumerate(CALLS, 1)),
    )


def _section(number: int, call: Call) -> str:
    rows = [[way, _said(proof)] for way, proof in call.proofs.items()]
    return markdown.section(
        f"{number}. {call.origin} → {call.to}: {call.what}",
        ", ".join(_place(place) for place in call.places),
        markdown.table(("it", "what shows what becomes of it"), rows),
    )


def _place(place: str) -> str:
    path, _, name = place.partition("::")
    return f"[`{path}`](../../src/{path}) `{name}`"


def _said(proof: Proof | Never) -> str:
    if isinstance(proof, Never):
        return f"no harm: {proof.why}"
    return "<br>".join(_test(each) for each in proof)


def _test(test: str) -> str:
    path, _, name = test.partition("::")
    return f"[{_sentence(path, name)}](../../tests/{path})"


def _sentence(path: str, name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    return (
        f"{path.rpartition('/')[2].removesuffix('.py')}: {words}" if path.startswith("journeys/") else words
    )
