"""Services of the state by the identifier the administrative organisation gives them."""

from dataclasses import dataclass
from typing import ClassVar, Final

from panjereh_kernel.identifiers.base import Identifier, InvalidIdentifier

_SHORTEST: Final = 8
_LONGEST: Final = 11


class InvalidServiceIdentifier(InvalidIdentifier):
    code = "service-identifier-not-valid"


@dataclass(frozen=True, slots=True, repr=False)
class ServiceIdentifier(Identifier):
    """Eight to eleven digits (شناسه خدمت), as text, unique in the register, without arithmetic.

    One official code of eleven digits was seen (13061709000, of the IT organisation); that the first eight
    name the parent service is common opinion and not relied on. It is public and shown whole.
    """

    REFUSAL: ClassVar[type[InvalidIdentifier]] = InvalidServiceIdentifier
    PRACTICE_PREFIX: ClassVar[str] = "9999"

    def __post_init__(self) -> None:
        self._need_digits(range(_SHORTEST, _LONGEST + 1))

    def masked(self) -> str:
        """Return all of it: a service is nobody's secret."""
        return self.value
