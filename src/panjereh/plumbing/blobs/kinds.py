"""The kinds of files that are taken, told by how they begin and never by what somebody calls them.

This only says which library is to read a file, apart and before anybody else does: that library decides.
"""

from enum import StrEnum
from typing import ClassVar

from panjereh_kernel.refusal import Refusal


class Kind(StrEnum):
    """A kind of file."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """What an answer calls it."""
        return "application/pdf" if self is Kind.PDF else f"image/{self.value}"


_BEGINNINGS = {b"%PDF-": Kind.PDF, b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}


class FileKindNotTaken(Refusal):
    """The file is neither a PDF nor a picture as cameras and phones make them."""

    code: ClassVar[str] = "file-kind-not-taken"
    status: ClassVar[int] = 422


def kind_of(content: bytes) -> Kind:
    """Return what a file begins like. Raises `FileKindNotTaken`."""
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    raise FileKindNotTaken
