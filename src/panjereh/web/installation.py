"""Practice numbers and real ones never meet: what a form reads belongs to this kind of installation."""

from django.conf import settings

from panjereh_kernel.identifiers import Installation, of_this_installation
from panjereh_kernel.identifiers.installation import AnyIdentifier


def own(identifier: AnyIdentifier) -> AnyIdentifier:
    """Return the identifier if it belongs here. Raises `NumberNotOfThisInstallation`."""
    is_practice = settings.PANJEREH.is_practice
    installation = Installation.PRACTICE if is_practice else Installation.PRODUCTION
    return of_this_installation(identifier, installation=installation)
