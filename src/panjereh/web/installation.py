"""Practice numbers and real ones never meet: what a form reads belongs to this kind of installation."""

from django.conf import settings

from panjereh_kernel.identifiers import Installation, of_this_installation
from panjereh_kernel.identifiers.installation import AnyIdentifier


def own(identifier: AnyIdentifier) -> AnyIdentifier:
    """Return the identifier if it belongs here. Raises `NumberNotOfThisInstallation`."""
    return of_this_installation(identifier, installation=here())


def here() -> Installation:
    """Return what this installation is for."""
    return Installation.PRACTICE if settings.PANJEREH.is_practice else Installation.PRODUCTION
