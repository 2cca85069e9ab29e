"""The lives of a proposed edition and of an assessment."""

from enum import StrEnum


class ProposalState(StrEnum):
    """Where a proposed edition stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    TURNED_DOWN = "turned-down"


class TurnDownReason(StrEnum):
    """Why a proposed edition is turned down."""

    WRONG_SOURCE = "wrong-source"
    WRONG_VALUES = "wrong-values"
    NOT_PUBLISHED = "not-published"


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
