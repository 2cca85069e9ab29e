"""The life of an assessment, and who sits in it."""

from enum import StrEnum


class AssessmentState(StrEnum):
    """Where an assessment stands: open until every question has one answer, then it may be closed."""

    OPEN = "open"
    RECONCILED = "reconciled"
    CLOSED = "closed"


class Seat(StrEnum):
    """One of the two assessors who answer without seeing each other."""

    A = "A"
    B = "B"


class Standing(StrEnum):
    """How a question stands for whoever looks: `open` is theirs to answer, `answered` waits for the other."""

    OPEN = "open"
    ANSWERED = "answered"
    ALIKE = "alike"
    DIFFERENT = "different"
    SETTLED = "settled"


class Found(StrEnum):
    """What a program found on a page: evidence for an assessor, never an answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
