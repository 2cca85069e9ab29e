"""Reading a question to a register: a JSON object with exactly the members of the contract, right in form.

A consumer that asks wrongly is told so (400) and learns nothing about anybody.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import TypeVar

from panjereh_kernel.identifiers import InvalidIdentifier, Mobile, NationalNumber, PostalCode
from panjereh_kernel.refusal import Refusal

V = TypeVar("V")
Answer = dict[str, object]


class BadQuestion(Refusal):
    """The body is not a question of this data set. `fault` says what is wrong with it, never what it held."""

    code = "question-not-valid"
    status = 400

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def read_question(body: bytes, *, members: frozenset[str]) -> Mapping[str, str]:
    """Return the members of the question, all text. Raises `BadQuestion`."""
    try:
        question = json.loads(body)
    except ValueError as error:
        raise BadQuestion("not JSON") from error
    if not isinstance(question, dict) or set(question) != members:
        raise BadQuestion("an object with exactly these members is needed: " + ", ".join(sorted(members)))
    if not all(isinstance(value, str) for value in question.values()):
        raise BadQuestion("every member is text")
    return question


def national_number(question: Mapping[str, str]) -> str:
    """Return the national number asked about, check digit and all. Raises `BadQuestion`."""
    return _read(NationalNumber, question, "national_number").value


def mobile(question: Mapping[str, str]) -> str:
    """Return the mobile number asked about, `+989…`. Raises `BadQuestion`."""
    return _read(Mobile, question, "mobile").value


def postal_code(question: Mapping[str, str]) -> str:
    """Return the postal code asked about. Raises `BadQuestion`."""
    return _read(PostalCode, question, "postal_code").value


def birth_date(question: Mapping[str, str]) -> dt.date:
    """Return the birth date asked about, `YYYY-MM-DD`. Raises `BadQuestion`."""
    return _read(dt.date.fromisoformat, question, "birth_date")


def as_instant(at: dt.datetime) -> str:
    """Return an aware instant as RFC 3339 in UTC, whole seconds."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(parse: Callable[[str], V], question: Mapping[str, str], member: str) -> V:
    try:
        return parse(question[member])
    except (InvalidIdentifier, ValueError) as error:
        raise BadQuestion(f"{member} is not valid") from error
