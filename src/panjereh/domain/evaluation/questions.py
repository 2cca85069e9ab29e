"""The questions of a list one by one: a line of the list may stand for several codes."""

from collections.abc import Mapping
from dataclasses import dataclass

from panjereh.domain.evaluation.rules.assessing import Asked
from panjereh.domain.indices import api as indices
from panjereh.plumbing.memory import kept


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One question with its words; several codes of one line share them. `number` counts from 1."""

    asked: Asked
    number: int
    title: Mapping[str, str]
    is_machine_checkable: bool | None


def by_code(question_set: str) -> Mapping[str, SheetQuestion]:
    """Return the questions of a list in its order; nothing for an unknown one."""
    return _by_code(question_set)


@kept
def _by_code(question_set: str) -> dict[str, SheetQuestion]:
    lines = [(code, line) for line in indices.questions(question_set) for code in line.codes.split()]
    return {
        code: SheetQuestion(
            asked=Asked(code, line.part, line.effort),
            number=number,
            title=line.title,
            is_machine_checkable=line.is_machine_checkable,
        )
        for number, (code, line) in enumerate(lines, start=1)
    }
