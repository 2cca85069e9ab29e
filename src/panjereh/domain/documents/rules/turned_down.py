"""What an office may have said when it did not accept a valid document: codes, to be counted."""

from enum import StrEnum
from typing import Final

# Whoever is not among the agencies of the directory: a bank branch, a school, a company.
OTHER_ORGANISATION: Final = "other"
MOST_WORDS: Final = 500
MOST_REPORTS: Final = 20


class SaidReason(StrEnum):
    """What the person was told."""

    WANTS_PAPER = "wants-paper"
    WANTS_COPY = "wants-copy"
    CANNOT_CHECK = "cannot-check"
    NOT_KNOWN = "not-known"
    NO_REASON = "no-reason"
    OTHER = "other"
