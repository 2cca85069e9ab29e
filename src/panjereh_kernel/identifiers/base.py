"""What all identifiers share: a value that has passed its check, masked wherever it is shown.

Whether a value exists only a register knows. `repr` and `str` are masked, so that a number in a log or a
traceback is not a number; the plain text is `.value`.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final, Self

from panjereh_kernel.persian import normalise
from panjereh_kernel.refusal import Refusal

MASK: Final = "•"
_SEPARATORS: Final = re.compile(r"[\s\-–−_./\u200c]")  # noqa: RUF001 -- dashes people type


class Fault(StrEnum):
    """What is wrong with the form of an identifier, in the order it is looked for."""

    LETTERS = "letters"
    LENGTH = "length"
    REPEATED = "repeated"
    CHECK_DIGIT = "check-digit"


class InvalidIdentifier(Refusal):
    """The text is not an identifier of this kind. Carries the fault, never the text."""

    code = "identifier-not-valid"
    status = 422

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True, repr=False)
class Identifier(ABC):
    """An identifier in its one stored form. The constructor holds no wrong value; `parse` reads people."""

    value: str
    REFUSAL: ClassVar[type[InvalidIdentifier]]
    PRACTICE_PREFIX: ClassVar[str]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked()})"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person wrote: any digits, with or without separators. Raises `REFUSAL`."""
        return cls(compact(text))

    @property
    def is_practice(self) -> bool:
        """Whether it belongs to the practice country; production refuses such numbers."""
        return self.value.startswith(self.PRACTICE_PREFIX)

    @abstractmethod
    def masked(self) -> str:
        """Return what may be shown to somebody who need not know the whole."""

    def _need_digits(self, lengths: range) -> None:
        if not (self.value.isascii() and self.value.isdigit()) and self.value:
            raise self.REFUSAL(Fault.LETTERS)
        if len(self.value) not in lengths:
            raise self.REFUSAL(Fault.LENGTH)


def compact(text: str) -> str:
    """Return what a person wrote with ASCII digits and without the separators that group digits."""
    return _SEPARATORS.sub("", normalise(text))


def exactly(length: int) -> range:
    """Return the lengths an identifier of one length may have."""
    return range(length, length + 1)
