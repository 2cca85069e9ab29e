"""Whether what a person typed on a form page can be kept."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeAlias, TypeVar

from panjereh_kernel import persian
from panjereh_kernel.identifiers import (
    Installation,
    InvalidPostalCode,
    NumberNotOfThisInstallation,
    PostalCode,
    of_this_installation,
)
from panjereh_kernel.refusal import Refusal

Answers: TypeAlias = dict[str, str]
IsShown: TypeAlias = Callable[[str, Mapping[str, str]], bool]


class Page(Protocol):
    """One page of a form, as far as it matters whether it is asked."""

    @property
    def shown_if(self) -> str:
        """The expression over earlier answers that says whether it is asked."""

    @property
    def fields(self) -> "Iterable[Field]":
        """Its questions."""


P = TypeVar("P", bound=Page)


class Option(Protocol):
    """One answer of a choice."""

    @property
    def id(self) -> str:
        """What is kept when it is chosen."""


class Field(Protocol):
    """One question of a form page, as far as its check needs it."""

    @property
    def id(self) -> str:
        """Its name among the answers."""

    @property
    def kind(self) -> str:
        """choice, postal-code or text."""

    @property
    def shown_if(self) -> str:
        """The expression that says whether it is asked."""

    @property
    def options(self) -> Iterable[Option]:
        """The answers of a choice."""

    @property
    def max_length(self) -> int:
        """Characters a text may have."""


class AnswersInvalid(Refusal):
    """One or more answers of a page cannot be kept."""

    code = "answers-invalid"
    status = 422

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(faults)
        self._faults = dict(faults)

    @property
    def faults(self) -> dict[str, str]:
        """Field id to what is wrong with it: missing, not-an-option, postal-code-invalid,
        postal-code-not-ours, too-long.
        """
        return self._faults

    def facts(self) -> dict[str, str | int | bool]:
        """Return each fault as a fact of its own."""
        return {f"field:{field}": fault for field, fault in self._faults.items()}


class _Fault(Exception):  # noqa: N818 -- never leaves this module
    """What is wrong with one answer, as its code."""


def asked_pages(pages: Iterable[P], answers: Mapping[str, str], *, is_shown: IsShown) -> tuple[P, ...]:
    """Return the pages that these answers lead through, in order.

    An answer to a page that is not asked does not count for the pages behind it.
    """
    pages = tuple(pages)
    known = {field.id: "" for page in pages for field in page.fields}
    asked = []
    for page in pages:
        if is_shown(page.shown_if, known):
            asked.append(page)
            known |= {field.id: answers.get(field.id, "") for field in page.fields}
    return tuple(asked)


def answers_to(pages: Iterable[Page], answers: Mapping[str, str]) -> Answers:
    """Return only the answers to questions of these pages."""
    return {field.id: answers[field.id] for page in pages for field in page.fields if field.id in answers}


def check_answers(
    fields: Iterable[Field], typed: Mapping[str, str], *, is_shown: IsShown, installation: Installation
) -> Answers:
    """Return the answers to `fields`, normalised, with "" for questions that are not asked.

    `is_shown` tells from the answers whether a field's `shown_if` holds. A practice postal code has no place
    in production, nor a real one in the practice country. Raises `AnswersInvalid` with every fault at once.
    """
    fields = tuple(fields)
    answers = {field.id: persian.normalise(typed.get(field.id, "")).strip() for field in fields}
    faults: dict[str, str] = {}
    for field in fields:
        try:
            is_asked = is_shown(field.shown_if, answers)
            answers[field.id] = _check(field, answers[field.id], installation) if is_asked else ""
        except _Fault as fault:
            faults[field.id] = str(fault)
    if faults:
        raise AnswersInvalid(faults)
    return answers


def _check(field: Field, text: str, installation: Installation) -> str:
    if not text:
        raise _Fault("missing")
    return CHECKS[field.kind](field, text, installation)


def _check_choice(field: Field, text: str, _installation: Installation) -> str:
    if text not in {option.id for option in field.options}:
        raise _Fault("not-an-option")
    return text


def _check_postal_code(_field: Field, text: str, installation: Installation) -> str:
    try:
        return of_this_installation(PostalCode.parse(text), installation=installation).value
    except InvalidPostalCode:
        raise _Fault("postal-code-invalid") from None
    except NumberNotOfThisInstallation:
        raise _Fault("postal-code-not-ours") from None


def _check_text(field: Field, text: str, _installation: Installation) -> str:
    if len(text) > field.max_length:
        raise _Fault("too-long")
    return text


CHECKS: dict[str, Callable[[Field, str, Installation], str]] = {
    "choice": _check_choice,
    "postal-code": _check_postal_code,
    "text": _check_text,
}
