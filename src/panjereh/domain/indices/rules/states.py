"""The life of a proposed edition."""

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
