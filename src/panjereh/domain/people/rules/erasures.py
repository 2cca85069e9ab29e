"""The life of an order to erase a person: one operator asks, another approves, a command carries it out."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

# An order nobody carried out by then says nothing about today any more: another is asked for.
ORDER_LIFE: Final = dt.timedelta(days=14)


class ErasureReason(StrEnum):
    """On what ground a person is erased."""

    HOLDER_ASKED = "holder-asked"
    COURT_ORDER = "court-order"
    RETENTION_ENDED = "retention-ended"
    OPENED_IN_ERROR = "opened-in-error"


class OrderState(StrEnum):
    """Where an order stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    LAPSED = "lapsed"
    DONE = "done"


class OrderStep(StrEnum):
    """What happens to an order."""

    APPROVE = "approve"
    REFUSE = "refuse"
    LAPSE = "lapse"
    CARRY_OUT = "carry-out"


class ImpossibleOrderStep(Exception):  # noqa: N818 -- reads as the sentence it is
    """From this state there is no such step."""


_STEPS: Final[Mapping[tuple[OrderState, OrderStep], OrderState]] = {
    (OrderState.ASKED, OrderStep.APPROVE): OrderState.APPROVED,
    (OrderState.ASKED, OrderStep.REFUSE): OrderState.REFUSED,
    (OrderState.ASKED, OrderStep.LAPSE): OrderState.LAPSED,
    # Whoever sees a mistake stops an approved order too, as long as it is not carried out.
    (OrderState.APPROVED, OrderStep.REFUSE): OrderState.REFUSED,
    (OrderState.APPROVED, OrderStep.LAPSE): OrderState.LAPSED,
    (OrderState.APPROVED, OrderStep.CARRY_OUT): OrderState.DONE,
}
LIVE: Final = (OrderState.ASKED, OrderState.APPROVED)


def next_state(state: OrderState, step: OrderStep) -> OrderState:
    """Return the state after a step. Raises `ImpossibleOrderStep`."""
    try:
        return _STEPS[state, step]
    except KeyError as error:
        raise ImpossibleOrderStep from error


def state_at(state: OrderState, *, lapses_at: dt.datetime, at: dt.datetime) -> OrderState:
    """Return where an order stands at an instant: time itself ends it, whoever writes it down."""
    return OrderState.LAPSED if state in LIVE and lapses_at <= at else state
