"""Practice numbers and real ones never meet.

Ranges of the practice country, none of them known to be allocated: national numbers 999…, legal persons 99…,
foreigners 99999…, mobiles 0980…, postal codes 99999…, Shebas of bank 999, services 9999….
"""

from enum import StrEnum
from typing import TypeVar

from panjereh_kernel.identifiers.base import Identifier
from panjereh_kernel.refusal import Refusal

AnyIdentifier = TypeVar("AnyIdentifier", bound=Identifier)


class Installation(StrEnum):
    """What an installation is for."""

    PRACTICE = "practice"
    PRODUCTION = "production"


class NumberNotOfThisInstallation(Refusal):
    """A practice number in production, or a real one in the practice country, which must not learn it."""

    code = "number-not-of-this-installation"
    status = 422


def of_this_installation(identifier: AnyIdentifier, *, installation: Installation) -> AnyIdentifier:
    """Return the identifier if it belongs here. Raises `NumberNotOfThisInstallation`, without the number."""
    if identifier.is_practice != (installation is Installation.PRACTICE):
        raise NumberNotOfThisInstallation
    return identifier
