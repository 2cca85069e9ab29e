"""A service as data: the values a pack is read into. Everything above works with these, never with YAML."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from panjereh_kernel.working_calendar import DayKind

Texts = Mapping[str, str]  # language code ("fa", "en") to text


class Certainty(StrEnum):
    """How well a statement rests on texts. Only A and B may be shown as law, B with its caveat."""

    PUBLISHED = "A"
    SECONDARY = "B"
    GENERAL_KNOWLEDGE = "C"
    ASSUMPTION = "D"

    @property
    def is_law(self) -> bool:
        """Whether a page may present the statement as law."""
        return self in {Certainty.PUBLISHED, Certainty.SECONDARY}


@dataclass(frozen=True, slots=True)
class Law:
    """A reference to a legal instrument of the directory, and how surely it says so."""

    instrument: str
    article: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer of one register: what it proves, why it may be asked, and with which request.

    `when` and the values of `request` are expressions. `fails` names the condition that cannot hold when the
    register does not know the person or thing.
    """

    id: str
    data_set: str
    requirement: Texts
    purpose: str
    legal_basis: Law
    when: str
    request: Mapping[str, str]
    fails: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a refused person can do, and where; against a failed condition or against the decision itself."""

    id: str
    against: str
    agency: str
    what: Texts
    where: Texts
    certainty: Certainty
    law: Law | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A named condition: expression, what holds when it holds, the reason when it does not, the way out."""

    id: str
    expression: str
    met: Texts
    reason: Texts
    law: Law
    remedy: Remedy


class FieldKind(StrEnum):
    """What a form field takes. `UPLOAD` exists to be refused by the linter: see P041 and P042."""

    CHOICE = "choice"
    POSTAL_CODE = "postal-code"
    TEXT = "text"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice, with what it means for the person."""

    id: str
    label: Texts
    hint: Texts


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `shown_if` is an expression over the answers already given on the page, or empty."""

    id: str
    kind: FieldKind
    label: Texts
    hint: Texts
    shown_if: str
    options: tuple[Option, ...]
    max_length: int
    asked_because: str
    paper: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a form: one question and what belongs to it.

    `shown_if` is an expression over the answers of earlier pages, or empty: the page is asked if it holds.
    """

    id: str
    title: Texts
    shown_if: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """The limit of a waiting state. `is_law` tells the law's limit from a promise; then `law` says where."""

    days: int
    kind: DayKind
    is_law: bool
    certainty: Certainty
    at_end: str
    law: Law | None = None


class StateKind(StrEnum):
    """Who has the ball: the applicant, the state, or nobody any more."""

    APPLICANT = "applicant"
    WAITING = "waiting"
    END = "end"


@dataclass(frozen=True, slots=True)
class State:
    """A state of a case of this service."""

    id: str
    kind: StateKind
    label: Texts
    step: Texts
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class Action:
    """A step from states to a state; `by` says who makes it, `makes` names the output it produces."""

    id: str
    sources: tuple[str, ...]
    target: str
    by: str
    makes: str


@dataclass(frozen=True, slots=True)
class Output:
    """A document the service gives. `data` is section to name to expression over the facts.

    `certainty` and `law` are those of how long it is valid.
    """

    id: str
    template: str
    title: Texts
    valid_months: int
    certainty: Certainty
    data: Mapping[str, Mapping[str, str]]
    law: Law | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """Integer rials, and the law that sets them if one does."""

    rial: int
    certainty: Certainty
    law: Law | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of a service: its card and its running definition at once."""

    id: str
    version: int
    valid_from: dt.date
    reviewed_on: dt.date
    owner: str
    licence: str
    title: Texts
    summary: Texts
    result: Texts
    keywords: Mapping[str, tuple[str, ...]]
    visits: int
    evidence: tuple[Evidence, ...]
    conditions: tuple[Condition, ...]
    pages: tuple[Page, ...]
    fee: Fee
    states: tuple[State, ...]
    actions: tuple[Action, ...]
    decided_in: str
    remedies: tuple[Remedy, ...]
    outputs: tuple[Output, ...]

    @property
    def promise(self) -> Clock | None:
        """The limit of the state in which the case is decided, None if that state has no clock."""
        return next((state.clock for state in self.states if state.id == self.decided_in), None)

    @property
    def laws(self) -> tuple[Law, ...]:
        """Every legal reference of the pack, each once, in order of appearance."""
        cited = [condition.law for condition in self.conditions]
        cited += [evidence.legal_basis for evidence in self.evidence]
        duties = [self.fee.law, *(clock.law for clock in self._clocks)]
        duties += [remedy.law for remedy in self.remedies] + [output.law for output in self.outputs]
        return tuple(dict.fromkeys([*cited, *(law for law in duties if law is not None)]))

    @property
    def _clocks(self) -> tuple[Clock, ...]:
        return tuple(state.clock for state in self.states if state.clock is not None)

    def condition(self, condition_id: str) -> Condition:
        """Return the condition with that id. Raises `KeyError` if the pack has none."""
        return _named(self.conditions, condition_id)

    def evidence_named(self, evidence_id: str) -> Evidence:
        """Return the evidence with that id. Raises `KeyError` if the pack has none."""
        return _named(self.evidence, evidence_id)

    def output(self, output_id: str) -> Output:
        """Return the output with that id. Raises `KeyError` if the pack has none."""
        return _named(self.outputs, output_id)


_Thing = TypeVar("_Thing", Condition, Evidence, Output)


def _named(things: tuple[_Thing, ...], wanted: str) -> _Thing:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise KeyError(wanted)
