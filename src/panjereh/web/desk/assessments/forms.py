"""Read what an operator typed to open an assessment: all that has to be corrected is said at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.plumbing.refusals import sentence_of
from panjereh.web.citizen.account.forms import read_national_number
from panjereh.web.oversight.assessments import words
from panjereh_kernel.identifiers import InvalidNationalNumber, NationalNumber, NumberNotOfThisInstallation
from panjereh_kernel.persian import normalise

SEATS: Final = ("first", "second")
MOST_PERCENT: Final = 100
_MOST_DIGITS: Final = 3
# What the room says no to, by its field and reason, at the field where it stands.
SENTENCES: Final[Mapping[tuple[str, str], str]] = {
    ("city", "missing"): gettext_noop("Write the city: this list is about one."),
    ("city", "unknown"): gettext_noop("Leave the city empty: this list is about a country."),
    ("city", "too-long"): gettext_noop("Write the name of the city in at most 60 letters."),
    ("addresses", "no-address"): gettext_noop(
        "Write one to five addresses that begin with https:// or http://, each in a line of its own."
    ),
    ("assessors", "same"): gettext_noop("Choose two different people: nobody answers twice."),
    ("evidence", "missing"): gettext_noop("Write the address where it is seen: a yes needs it."),
    ("evidence", "no-address"): gettext_noop(
        "Write one whole address that begins with https:// or http://, without a name before the host."
    ),
    ("note", "too-long"): gettext_noop("Write at most 500 letters."),
    ("reason", "too-long"): gettext_noop("Write at most 500 letters."),
    ("reason", "missing"): gettext_noop("Write why: both assessors read it."),
    ("officer", "had-a-part"): gettext_noop(
        "Choose somebody else: this officer sat in a seat of the assessment, or decided in it."
    ),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """An assessment that can be opened as far as the form can tell."""

    question_set: str
    iso3: str
    city: str
    addresses: tuple[str, ...]
    assessors: tuple[NationalNumber, NationalNumber]
    tolerance: Decimal


def read_opening(typed: Mapping[str, str]) -> tuple[Opening | None, dict[str, str]]:
    """Return the opening, None if something is wrong, and the errors by field, from top to bottom."""
    errors: dict[str, str] = {}
    question_set = typed.get("question_set", "")
    if question_set not in words.SETS:
        errors["question_set"] = _("Choose a list.")
    addresses = tuple(filter(None, map(str.strip, typed.get("addresses", "").splitlines())))
    if not addresses:
        errors["addresses"] = sentence("addresses", "no-address")
    numbers = [_number(typed.get(seat, ""), seat, errors) for seat in SEATS]
    tolerance = _percent(typed.get("tolerance", ""))
    if tolerance is None:
        errors["tolerance"] = _("Write a whole number from 0 to 100.")
    first, second = numbers
    if errors or first is None or second is None or tolerance is None:
        return None, errors
    return (
        Opening(
            question_set,
            typed.get("country", ""),
            typed.get("city", ""),
            addresses,
            (first, second),
            Decimal(tolerance) / 100,
        ),
        {},
    )


def read_handing_over(
    typed: Mapping[str, str],
) -> tuple[tuple[NationalNumber, str] | None, dict[str, str]]:
    """Return who takes a seat over and why, None if something is wrong, and the errors by field."""
    errors: dict[str, str] = {}
    number, reason = _number(typed.get("officer", ""), "officer", errors), typed.get("reason", "")
    if not reason.strip():
        errors["reason"] = _("Write why the seat passes to somebody else.")
    return (None, errors) if errors or number is None else ((number, reason), {})


def sentence(field: str, why: str) -> str:
    """Return what the room says about a field, in words."""
    return _(SENTENCES[field, why])


def _number(text: str, seat: str, errors: dict[str, str]) -> NationalNumber | None:
    try:
        return read_national_number({"national_number": text})
    except (InvalidNationalNumber, NumberNotOfThisInstallation) as refusal:
        errors[seat] = sentence_of(refusal)
        return None


def _percent(text: str) -> int | None:
    digits = normalise(text).strip().removesuffix("%")
    is_whole = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return int(digits) if is_whole and int(digits) <= MOST_PERCENT else None
