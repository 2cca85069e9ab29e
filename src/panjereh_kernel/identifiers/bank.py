"""Bank accounts by their Sheba (شبا), the IBAN of the country."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from panjereh_kernel.identifiers.base import MASK, Fault, Identifier, InvalidIdentifier, compact

_COUNTRY: Final = "IR"
_LENGTH: Final = 26
_COUNTRY_IN_DIGITS: Final = "1827"  # I is 18, R is 27 (ISO 13616-1, 6.2)
_GROUP: Final = 4


class InvalidSheba(InvalidIdentifier):
    code = "sheba-not-valid"


@dataclass(frozen=True, slots=True, repr=False)
class Sheba(Identifier):
    """`IR` and 24 digits: two check digits, three of the bank, nineteen of the account.

    ISO 13616-1 with the check of ISO/IEC 7064, MOD 97-10; structure of the country in the SWIFT IBAN
    registry. Bank code 999 is given to nobody and kept for the practice country.

    Names of banks by code are reference data (`data/iran/banks.csv`), not a rule: banks merge.
    """

    REFUSAL: ClassVar[type[InvalidIdentifier]] = InvalidSheba
    PRACTICE_PREFIX: ClassVar[str] = "999"

    def __post_init__(self) -> None:
        if not re.fullmatch(rf"{_COUNTRY}[0-9]*", self.value):
            raise InvalidSheba(Fault.LETTERS)
        if len(self.value) != _LENGTH:
            raise InvalidSheba(Fault.LENGTH)
        if self.value[2:4] != iban_check_digits(self.value[4:]):
            raise InvalidSheba(Fault.CHECK_DIGIT)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `IR…` in either case or the 24 digits alone, in groups or not. Raises `InvalidSheba`."""
        typed = compact(text).upper()
        return cls(typed if typed.startswith(_COUNTRY) else _COUNTRY + typed)

    @property
    def bank_code(self) -> str:
        """The three digits of the bank."""
        return self.value[4:7]

    @property
    def is_practice(self) -> bool:
        """Whether it belongs to the practice country; production refuses such accounts."""
        return self.bank_code == self.PRACTICE_PREFIX

    @property
    def spaced(self) -> str:
        """The printed form, in groups of four."""
        return " ".join(self.value[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))

    def masked(self) -> str:
        """Return country, check digits, bank and the last four digits, the rest dots."""
        return self.value[:7] + MASK * 15 + self.value[-4:]


def iban_check_digits(account: str) -> str:
    """Return the two check digits for the 22 digits of bank and account."""
    return f"{98 - int(account + _COUNTRY_IN_DIGITS + '00') % 97:02}"
