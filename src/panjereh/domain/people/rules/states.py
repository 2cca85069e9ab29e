"""The life of a sign-in, as a table.

Two paths lead to a code: the national number alone, when the code goes to the mobile of the account, and the
number with birth date and mobile, when two registers are asked first. Both may be begun again from any state
that is not an end, so that the back button and a corrected typing mistake need no rule of their own.
"""

from enum import StrEnum
from typing import Final


class SignInState(StrEnum):
    """Where a sign-in stands."""

    ASKED = "asked"
    CHECKING = "checking"
    CODE_SENT = "code_sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"


class SignInEvent(StrEnum):
    """What may happen to a sign-in."""

    NUMBER_GIVEN = "number_given"
    IDENTITY_GIVEN = "identity_given"
    IDENTITY_CONFIRMED = "identity_confirmed"
    IDENTITY_NOT_CONFIRMED = "identity_not_confirmed"
    CODE_RIGHT = "code_right"
    GIVEN_UP = "given_up"
    TIME_PASSED = "time_passed"


class SignInPath(StrEnum):
    """What the code proves: the phone of an account, or a person whom two registers confirmed."""

    ACCOUNT = "account"
    IDENTITY = "identity"


_S, _E = SignInState, SignInEvent
STEPS: Final[dict[SignInState, dict[SignInEvent, SignInState]]] = {
    _S.ASKED: {
        _E.NUMBER_GIVEN: _S.CODE_SENT,
        _E.IDENTITY_GIVEN: _S.CHECKING,
        _E.GIVEN_UP: _S.REFUSED,
        _E.TIME_PASSED: _S.EXPIRED,
    },
    _S.CHECKING: {
        _E.NUMBER_GIVEN: _S.CODE_SENT,
        _E.IDENTITY_GIVEN: _S.CHECKING,
        _E.IDENTITY_CONFIRMED: _S.CODE_SENT,
        _E.IDENTITY_NOT_CONFIRMED: _S.ASKED,
        _E.GIVEN_UP: _S.REFUSED,
        _E.TIME_PASSED: _S.EXPIRED,
    },
    _S.CODE_SENT: {
        _E.NUMBER_GIVEN: _S.CODE_SENT,
        _E.IDENTITY_GIVEN: _S.CHECKING,
        _E.CODE_RIGHT: _S.ACCEPTED,
        _E.GIVEN_UP: _S.REFUSED,
        _E.TIME_PASSED: _S.EXPIRED,
    },
    _S.ACCEPTED: {},
    _S.REFUSED: {},
    _S.EXPIRED: {},
}
ENDS: Final = frozenset(state for state, steps in STEPS.items() if not steps)


class ImpossibleStep(Exception):  # noqa: N818 -- reads as what happened
    """The table has no such step."""

    def __init__(self, state: SignInState, event: SignInEvent) -> None:
        super().__init__(state, event)
        self.state = state
        self.event = event


def next_state(state: SignInState, event: SignInEvent) -> SignInState:
    """Return the state after `event`. Raises `ImpossibleStep`."""
    try:
        return STEPS[state][event]
    except KeyError as missing:
        raise ImpossibleStep(state, event) from missing
