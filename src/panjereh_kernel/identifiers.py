"""Identifiers of people and places as values that cannot be wrong in form.

A value of these types has passed its check; whether it exists only a register knows. `repr` and `str` are
masked, so that a number in a log or a traceback is not a number; the plain text is `.value`.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final, Self

from panjereh_kernel.persian import normalise
from panjereh_kernel.refusal import Refusal

_MASK: Final = "•"
_SEPARATORS: Final = re.compile(r"[\s\-–\u200c]")
_TEN_DIGITS: Final = re.compile(r"[0-9]{10}")
_MOBILE: Final = re.compile(r"\+989[0-9]{9}")
_MOBILE_AS_WRITTEN: Final = re.compile(r"(?:\+98|0098|98|0)?(9[0-9]{9})")


class Fault(StrEnum):
    """What is wrong with the form of an identifier."""

    LENGTH = "length"
    CHECK_DIGIT = "check-digit"
    REPEATED = "repeated"


class InvalidIdentifier(Refusal):
    """The text is not an identifier of this kind. Carries the fault, never the text."""

    code = "identifier-not-valid"
    status = 422

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class InvalidNationalNumber(InvalidIdentifier):
    code = "national-number-not-valid"


class InvalidPostalCode(InvalidIdentifier):
    code = "postal-code-not-valid"


class InvalidMobile(InvalidIdentifier):
    code = "mobile-not-valid"


@dataclass(frozen=True, slots=True, repr=False)
class _Identifier(ABC):
    value: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked()})"

    @abstractmethod
    def masked(self) -> str:
        """Return what may be shown to somebody who need not know the whole."""


@dataclass(frozen=True, slots=True, repr=False)
class NationalNumber(_Identifier):
    """The ten digits of the civil registry (کد ملی), as text: leading zeros count.

    Check digit: s = Σ dᵢ·(10-i) over the first nine, r = s mod 11; the last digit is r if r < 2, else 11-r.
    """

    PRACTICE_PREFIX: ClassVar[str] = "999"

    def __post_init__(self) -> None:
        if not _TEN_DIGITS.fullmatch(self.value):
            raise InvalidNationalNumber(Fault.LENGTH)
        if len(set(self.value)) == 1:
            raise InvalidNationalNumber(Fault.REPEATED)
        if self.value[-1] != national_check_digit(self.value[:-1]):
            raise InvalidNationalNumber(Fault.CHECK_DIGIT)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person wrote: any digits, spaces and dashes allowed. Raises `InvalidNationalNumber`."""
        return cls(_SEPARATORS.sub("", normalise(text)))

    @property
    def is_practice(self) -> bool:
        """Whether it belongs to the practice country; production refuses such numbers."""
        return self.value.startswith(self.PRACTICE_PREFIX)

    def masked(self) -> str:
        """Return the first three and the last two digits, the rest dots."""
        return self.value[:3] + _MASK * 5 + self.value[-2:]


@dataclass(frozen=True, slots=True, repr=False)
class PostalCode(_Identifier):
    """The ten digits that name one place (act of 1376, article 1). No check digit is known."""

    PRACTICE_PREFIX: ClassVar[str] = "99999"

    def __post_init__(self) -> None:
        if not _TEN_DIGITS.fullmatch(self.value):
            raise InvalidPostalCode(Fault.LENGTH)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person wrote: any digits, spaces and dashes allowed. Raises `InvalidPostalCode`."""
        return cls(_SEPARATORS.sub("", normalise(text)))

    @property
    def is_practice(self) -> bool:
        """Whether it belongs to the practice country; production refuses such codes."""
        return self.value.startswith(self.PRACTICE_PREFIX)

    def masked(self) -> str:
        """Return the first five digits, which name the area, the rest dots."""
        return self.value[:5] + _MASK * 5


@dataclass(frozen=True, slots=True, repr=False)
class Mobile(_Identifier):
    """A mobile number in international form, `+989…`. The operator cannot be told from it: numbers move."""

    PRACTICE_PREFIX: ClassVar[str] = "+98980"

    def __post_init__(self) -> None:
        if not _MOBILE.fullmatch(self.value):
            raise InvalidMobile(Fault.LENGTH)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `09…`, `9…`, `+98…`, `0098…` or `98…`, any digits. Raises `InvalidMobile`."""
        written = _MOBILE_AS_WRITTEN.fullmatch(_SEPARATORS.sub("", normalise(text)))
        if written is None:
            raise InvalidMobile(Fault.LENGTH)
        return cls("+98" + written[1])

    @property
    def is_practice(self) -> bool:
        """Whether it belongs to the practice country; production refuses such numbers."""
        return self.value.startswith(self.PRACTICE_PREFIX)

    @property
    def national(self) -> str:
        """The number as people of the country write it: `09…`."""
        return "0" + self.value.removeprefix("+98")

    def masked(self) -> str:
        """Return the national form with all but the first four and the last two digits as dots."""
        return self.national[:4] + _MASK * 5 + self.national[-2:]


def national_check_digit(first_nine: str) -> str:
    """Return the tenth digit of a national number; the practice country numbers its people with it."""
    remainder = sum(int(digit) * (10 - place) for place, digit in enumerate(first_nine)) % 11
    return str(remainder if remainder < 2 else 11 - remainder)  # noqa: PLR2004 -- the rule's own number
