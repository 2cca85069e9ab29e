"""What every template of the reference may use."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, bool]:
    """Return whether this is a practice installation, and whether somebody is signed in."""
    return {"is_practice": settings.PANJEREH.is_practice, "signed_in": "account_id" in request.session}
