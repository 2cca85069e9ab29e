"""Where somebody lives and how to reach them."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from panjereh_kernel.identifiers.base import MASK, Fault, Identifier, InvalidIdentifier, compact, exactly

_MOBILE: Final = re.compile(r"\+989[0-9]{9}")
_MOBILE_AS_WRITTEN: Final = re.compile(r"(?:\+98|0098|98|0)?(?:\(0\))?(9[0-9]{9})")


class InvalidPostalCode(InvalidIdentifier):
    code = "postal-code-not-valid"


class InvalidMobile(InvalidIdentifier):
    code = "mobile-not-valid"


@dataclass(frozen=True, slots=True, repr=False)
class PostalCode(Identifier):
    """The ten digits that name one place (law: postal-code-act-1376#1). No check digit is known.

    Rules found in programs ("no 0 and no 2 in the first part") have no published source and are not applied:
    whether a code exists the register of the Post says.
    """

    REFUSAL: ClassVar[type[InvalidIdentifier]] = InvalidPostalCode
    PRACTICE_PREFIX: ClassVar[str] = "99999"

    def __post_init__(self) -> None:
        self._need_digits(exactly(10))

    @property
    def spaced(self) -> str:
        """The two halves as envelopes have them: `12345-67890`."""
        return f"{self.value[:5]}-{self.value[5:]}"

    def masked(self) -> str:
        """Return the first five digits, which name the area, the rest dots."""
        return self.value[:5] + MASK * 5


@dataclass(frozen=True, slots=True, repr=False)
class Mobile(Identifier):
    """A mobile number in international form (ITU-T E.164), `+989…`.

    The operator cannot be told from it: numbers move.
    """

    REFUSAL: ClassVar[type[InvalidIdentifier]] = InvalidMobile
    PRACTICE_PREFIX: ClassVar[str] = "+98980"

    def __post_init__(self) -> None:
        if not _MOBILE.fullmatch(self.value):
            raise InvalidMobile(_fault(self.value))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `09…`, `9…`, `+98…`, `0098…`, `98…` or `+98 (0)…`, any digits. Raises `InvalidMobile`."""
        typed = compact(text)
        written = _MOBILE_AS_WRITTEN.fullmatch(typed)
        if written is None:
            raise InvalidMobile(_fault(typed))
        return cls("+98" + written[1])

    @property
    def national(self) -> str:
        """The number as people of the country write it: `09…`."""
        return "0" + self.value.removeprefix("+98")

    def masked(self) -> str:
        """Return the national form with all but the first four and the last two digits as dots."""
        return self.national[:4] + MASK * 5 + self.national[-2:]


def _fault(typed: str) -> Fault:
    return Fault.LETTERS if re.search(r"[^0-9+()]", typed) else Fault.LENGTH
