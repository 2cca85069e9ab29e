"""Who somebody is: a citizen, a legal person, a foreigner."""

from dataclasses import dataclass
from typing import ClassVar, Final

from panjereh_kernel.identifiers.base import MASK, Fault, Identifier, InvalidIdentifier, exactly

_LEGAL_WEIGHTS: Final = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)


class InvalidNationalNumber(InvalidIdentifier):
    code = "national-number-not-valid"


class InvalidLegalPersonId(InvalidIdentifier):
    code = "legal-person-id-not-valid"


class InvalidForeignerId(InvalidIdentifier):
    code = "foreigner-id-not-valid"


@dataclass(frozen=True, slots=True, repr=False)
class NationalNumber(Identifier):
    """The ten digits of the civil registry (کد ملی), as text: leading zeros count.

    Given to every citizen (law: postal-code-act-1376#1). Ten equal digits pass the check and are nobody's.
    The first three digits once named the place of registration; no list of them is used, as fixed lists
    refuse people whose place is newer.
    """

    REFUSAL: ClassVar[type[InvalidIdentifier]] = InvalidNationalNumber
    PRACTICE_PREFIX: ClassVar[str] = "999"

    def __post_init__(self) -> None:
        self._need_digits(exactly(10))
        if len(set(self.value)) == 1:
            raise InvalidNationalNumber(Fault.REPEATED)
        if self.value[-1] != national_check_digit(self.value[:-1]):
            raise InvalidNationalNumber(Fault.CHECK_DIGIT)

    def masked(self) -> str:
        """Return the first three and the last two digits, the rest dots."""
        return self.value[:3] + MASK * 5 + self.value[-2:]


@dataclass(frozen=True, slots=True, repr=False)
class LegalPersonId(Identifier):
    """The eleven digits of a company, institution or body (شناسه ملی اشخاص حقوقی), not to be called کد ملی.

    No published text of the rule of its check digit was found: it is the one that validators in use share,
    recomputed on known numbers and held against another implementation in the tests.
    """

    REFUSAL: ClassVar[type[InvalidIdentifier]] = InvalidLegalPersonId
    PRACTICE_PREFIX: ClassVar[str] = "99"

    def __post_init__(self) -> None:
        self._need_digits(exactly(11))
        if len(set(self.value)) == 1:
            raise InvalidLegalPersonId(Fault.REPEATED)
        if self.value[-1] != legal_check_digit(self.value[:-1]):
            raise InvalidLegalPersonId(Fault.CHECK_DIGIT)

    def masked(self) -> str:
        """Return the first three and the last two digits, the rest dots."""
        return self.value[:3] + MASK * 6 + self.value[-2:]


@dataclass(frozen=True, slots=True, repr=False)
class ForeignerId(Identifier):
    """The number of a foreign national (شناسه اختصاصی اتباع خارجی, کد فراگیر, کد یکتا): digits, and opaque.

    Secondary sources say twelve digits and name several issuers; no check digit is published. Eight to
    sixteen digits are taken, so that no card in use is refused by a guess: only the register can tell.
    What begins with 99999 is kept for the practice country.
    """

    REFUSAL: ClassVar[type[InvalidIdentifier]] = InvalidForeignerId
    PRACTICE_PREFIX: ClassVar[str] = "99999"

    def __post_init__(self) -> None:
        self._need_digits(range(8, 17))

    def masked(self) -> str:
        """Return the last two digits behind dots: the first ones may name the issuer."""
        return MASK * (len(self.value) - 2) + self.value[-2:]


def national_check_digit(first_nine: str) -> str:
    """Return the tenth digit of a national number; the practice country numbers its people with it.

    s = Σ dᵢ·(10-i) over the first nine, r = s mod 11; the last digit is r if r < 2, else 11-r.
    """
    remainder = sum(int(digit) * (10 - place) for place, digit in enumerate(first_nine)) % 11
    return str(remainder if remainder < 2 else 11 - remainder)  # noqa: PLR2004 -- the rule's own number


def legal_check_digit(first_ten: str) -> str:
    """Return the eleventh digit of a legal person's identifier.

    t = tenth digit + 2; Σ (dᵢ + t)·wᵢ with weights 29, 27, 23, 19, 17 twice, mod 11; ten counts as zero.
    """
    shift = int(first_ten[-1]) + 2
    places = zip(first_ten, _LEGAL_WEIGHTS, strict=True)
    total = sum((int(digit) + shift) * weight for digit, weight in places)
    return str(total % 11 % 10)
