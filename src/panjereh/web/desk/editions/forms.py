"""Read what an operator sent: an edition as a file, and everything that has to be corrected at its field."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh_kernel.persian import to_ascii_digits

MOST_METHOD_BYTES: Final = 64 * 1024
YEAR_DIGITS: Final = 4
KB: Final = 1024


@dataclass(frozen=True, slots=True)
class Wish:
    """An edition that can be proposed as far as the form can tell."""

    index: str
    edition: str
    source: str
    content: bytes
    method: dict[str, Any] | None


def read_wish(
    request: HttpRequest, *, known: Mapping[str, str], sources: Mapping[str, str]
) -> tuple[Wish | None, dict[str, str]]:
    """Return the wish, None if something is wrong with it, and the errors by field, from top to bottom."""
    typed, errors = request.POST, dict[str, str]()
    index, source = typed.get("index", ""), typed.get("source", "")
    edition = to_ascii_digits(typed.get("edition", "")).strip()
    if index not in known:
        errors["index"] = _("Choose an index.")
    if not (len(edition) == YEAR_DIGITS and edition.isascii() and edition.isdecimal()):
        errors["edition"] = _("The edition is a year of four digits of the Gregorian calendar, such as 2024.")
    if source not in sources:
        errors["source"] = _("Choose where the figures were taken from.")
    content = _content(request, "file", indices.MAX_EDITION_BYTES)
    if content is None:
        errors["file"] = _("Choose a file of at most %(size)s KB.") % {
            "size": pages.digits(indices.MAX_EDITION_BYTES // KB)
        }
    method, fault = _method(request)
    errors |= {"method": fault} if fault else {}
    if errors or content is None:
        return None, errors
    return Wish(index, edition, source, content, method), {}


def _content(request: HttpRequest, name: str, most: int) -> bytes | None:
    """Return the content of a file, None where there is none, it is empty or too long."""
    upload = request.FILES.get(name)
    content = upload.read(most + 1) if isinstance(upload, UploadedFile) else b""
    return content if 0 < len(content) <= most else None


def _method(request: HttpRequest) -> tuple[dict[str, Any] | None, str]:
    """Return the method of the edition, None where none was sent, and what is wrong with it."""
    if "method" not in request.FILES:
        return None, ""
    content = _content(request, "method", MOST_METHOD_BYTES)
    try:
        told = json.loads(content or b"")
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return None, _(
            "The method is a JSON file of at most %(size)s KB, made from the one to download here."
        ) % {"size": pages.digits(MOST_METHOD_BYTES // KB)}
    return told, ""
