"""Where a file can be, and why one is refused."""

from enum import StrEnum


class State(StrEnum):
    """Where a file is on its way."""

    QUARANTINED = "quarantined"
    RELEASED = "released"
    REFUSED = "refused"
    ERASED = "erased"


class Reason(StrEnum):
    """Why a file was refused."""

    MALWARE = "malware"
    UNREADABLE = "unreadable"  # not what it began like, damaged, or too much for its reader
    ENCRYPTED = "encrypted"
    ACTIVE = "active"  # a PDF that runs, opens, sends or carries something
    TOO_MANY_POINTS = "too-many-points"
