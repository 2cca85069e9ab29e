"""What may stand for a name in an address, so that no view sees what can be no name."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class ServiceId(StringConverter):
    """The identifier of a service: as long as the catalogue keeps them, and without control characters.

    PostgreSQL refuses text with a NUL as an error, and not as a name that nothing has.
    """

    regex = r"[^/\x00-\x1f\x7f]{1,80}"


register_converter(ServiceId, "service")
