"""Addresses of this site: where a sign-in returns to, and where a person may be sent afterwards."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

LONGEST_PATH = 1000

# Browsers read a backslash as a slash and drop control characters: both would turn a path into a host.
_UNSAFE = re.compile(r"[\\\x00-\x20\x7f]")


def safe_path(wanted: str) -> str:
    """Return the wanted path if it is one of this site, else the first page."""
    is_path = wanted.startswith("/") and not wanted.startswith("//")
    is_safe = is_path and len(wanted) <= LONGEST_PATH and not _UNSAFE.search(wanted)
    return wanted if is_safe else first_page()


def sign_in_path(following: str) -> str:
    """Return the address of the sign-in that comes back to `following`, a path of this site."""
    return f"{reverse('citizen:sign_in')}?{urlencode({'next': following})}"


def first_page() -> str:
    """Return the first page in the language of this request."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


def callback_url() -> str:
    """Return the one registered return address: the same in every language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(settings.PANJEREH.public_url + reverse("citizen:sign_in_callback"))
