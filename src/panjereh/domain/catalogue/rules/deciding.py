"""What a pack decides about facts, purely: which conditions hold, and so whether the service is granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from panjereh.domain.catalogue.rules.expressions import CEL, Evaluator, ExpressionError, Facts, Value
from panjereh.domain.catalogue.rules.pack import Evidence, Output, Pack


class Outcome(StrEnum):
    """What a decision says."""

    GRANTED = "granted"
    REFUSED = "refused"


class Finding(StrEnum):
    """What became of one condition; `UNCHECKED` when it needs an answer that could not even be asked for."""

    HELD = "held"
    FAILED = "failed"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome and what became of each condition, in the order of the pack."""

    outcome: Outcome
    conditions: tuple[tuple[str, Finding], ...]

    @property
    def failed_conditions(self) -> tuple[str, ...]:
        """The ids of the conditions that failed: the reasons of a refusal."""
        return tuple(condition for condition, finding in self.conditions if finding is Finding.FAILED)


class UndecidableError(Exception):
    """The facts do not suffice: a bug of the caller or of a pack that should not have been installed."""


def decide(pack: Pack, facts: Facts, *, evaluator: Evaluator = CEL) -> Decision:
    """Decide a case of `pack`.

    `facts` maps `applicant`, `form` and every evidence id to plain fields. Each evidence has `found`; a
    register that does not know the person gives `{"found": False}`, and evidence whose `when` was false is
    `None`. The form has every field of the pack, "" where nothing was asked.
    Granted when every condition held, refused when one failed. Raises `UndecidableError` otherwise.
    """
    findings = tuple(
        (condition.id, _finding(condition.expression, facts, evaluator)) for condition in pack.conditions
    )
    found = {finding for _, finding in findings}
    if Finding.FAILED in found:
        return Decision(Outcome.REFUSED, findings)
    if Finding.UNCHECKED in found:
        raise UndecidableError(f"{pack.id}: nothing failed, yet not everything was asked")
    return Decision(Outcome.GRANTED, findings)


def request_of(evidence: Evidence, facts: Facts, *, evaluator: Evaluator = CEL) -> dict[str, Value] | None:
    """Return the request to the register, or None when `when` says it cannot or need not be asked.

    `facts` holds `applicant`, `form` and the evidence that stands before this one in the pack.
    """
    if not _value(evidence.when, facts, evaluator):
        return None
    return _values(evidence.request, facts, evaluator)


def document_data(output: Output, facts: Facts, *, evaluator: Evaluator = CEL) -> dict[str, dict[str, Value]]:
    """Return the values a document is made from: section to name to value."""
    return {section: _values(named, facts, evaluator) for section, named in output.data.items()}


def is_shown(shown_if: str, answers: Mapping[str, Value], *, evaluator: Evaluator = CEL) -> bool:
    """Return whether a form field is asked; `answers` has every field of the form, "" if unanswered."""
    return not shown_if or bool(_value(shown_if, {"form": answers}, evaluator))


def _finding(expression: str, facts: Facts, evaluator: Evaluator) -> Finding:
    if any(facts[name] is None for name in evaluator.names(expression)):
        return Finding.UNCHECKED
    return Finding.HELD if _value(expression, facts, evaluator) is True else Finding.FAILED


def _value(expression: str, facts: Facts, evaluator: Evaluator) -> object:
    asked = {name: fields for name, fields in facts.items() if fields is not None}
    try:
        return evaluator.evaluate(expression, asked)
    except ExpressionError as fault:
        raise UndecidableError(f"{expression}: {fault}") from fault


def _values(named: Mapping[str, str], facts: Facts, evaluator: Evaluator) -> dict[str, Value]:
    return {name: _plain(_value(each, facts, evaluator)) for name, each in named.items()}


def _plain(value: object) -> Value:
    if isinstance(value, (bool, str, int)):
        return value
    raise UndecidableError(f"{type(value).__name__} is no plain value")
