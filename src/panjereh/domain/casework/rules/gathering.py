"""Which register to ask next for a case, and what the facts of a case are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

Facts: TypeAlias = dict[str, dict[str, Any] | None]


class Evidence(Protocol):
    """One answer that the pack wants from a register."""

    @property
    def id(self) -> str:
        """Its name among the facts."""


E = TypeVar("E", bound=Evidence)


class Known(Protocol):
    """What became of one question: `answer` is None while it is awaited, and when it was denied."""

    @property
    def evidence(self) -> str:
        """Which evidence it is."""

    @property
    def answer(self) -> Mapping[str, Any] | None:
        """The register's answer."""


@dataclass(frozen=True, slots=True)
class Question(Generic[E]):
    """One register to ask, and what to ask it."""

    evidence: E
    request: dict[str, str]


class NoAnswer(Exception):  # noqa: N818 -- reads as what happened
    """A register has not answered, or will not: the case waits."""


def gather(
    wanted: Iterable[E],
    *,
    given: Facts,
    known: Iterable[Known],
    request_of: Callable[[E, Facts], Mapping[str, Any] | None],
) -> tuple[Facts, Question[E] | None]:
    """Return the facts so far and the next question, None when nothing is left to ask.

    Evidence is asked in the order of the pack, as later requests may be made of earlier answers. What
    need not be asked is None among the facts. Raises `NoAnswer`.
    """
    facts = dict(given)
    answers = {each.evidence: each.answer for each in known}
    for evidence in wanted:
        if evidence.id in answers:
            answer = answers[evidence.id]
            if answer is None:
                raise NoAnswer(evidence.id)
            facts[evidence.id] = fields_of(answer)
            continue
        request = request_of(evidence, facts)
        if request is not None:
            return facts, Question(evidence, {name: str(value) for name, value in request.items()})
        facts[evidence.id] = None
    return facts, None


def fields_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return a register's answer as plain fields: the object in it is laid beside `found` and `as_of`."""
    fields: dict[str, Any] = {}
    for name, value in answer.items():
        fields |= value if isinstance(value, dict) else {name: value}
    return fields
