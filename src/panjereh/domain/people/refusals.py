"""The anticipated answers of a sign-in that several of its steps give."""

import datetime as dt
from typing import ClassVar

from panjereh_kernel.refusal import Refusal


class TooManyAttempts(Refusal):
    """The cap of this hour is reached. `try_again_at` is when it is lifted (RFC 3339, UTC)."""

    code: ClassVar[str] = "too-many-attempts"
    status: ClassVar[int] = 429

    def __init__(self, try_again_at: dt.datetime) -> None:
        super().__init__(try_again_at)
        self.try_again_at = try_again_at.isoformat()


class SignInExpired(Refusal):
    """A quarter of an hour is over; what was typed is erased. The remedy is to begin again."""

    code: ClassVar[str] = "challenge-expired"
    status: ClassVar[int] = 410


class IdentityNotConfirmed(Refusal):
    """Number, birth date and mobile do not belong together, or the person does not live. Never says which."""

    code: ClassVar[str] = "identity-not-confirmed"
    status: ClassVar[int] = 422


class IdentityNotCheckable(Refusal):
    """A register or the exchange does not accept our question, and would not if we asked again now.

    No fault of the person, and it says nothing about who they are.
    """

    code: ClassVar[str] = "identity-not-checkable"
    status: ClassVar[int] = 503


class SignInStepImpossible(Refusal):
    """The sign-in is not where this step belongs, as when an old page is sent again."""

    code: ClassVar[str] = "sign-in-step-impossible"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class GrantStepImpossible(Refusal):
    """The grant was decided, has ended or lapsed meanwhile."""

    code: ClassVar[str] = "grant-step-impossible"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NotOverOneself(Refusal):
    """Nobody asks for a role of their own or decides what they asked for: that takes another grantor."""

    code: ClassVar[str] = "not-over-oneself"
    status: ClassVar[int] = 403


class RoleInForce(Refusal):
    """Somebody who holds a role, or is asked for one, is not erased before that has ended."""

    code: ClassVar[str] = "role-in-force"


class GrantHeldAlready(Refusal):
    """The person holds this role there, or it has been asked for already."""

    code: ClassVar[str] = "grant-held-already"


class HolderWithoutAccount(Refusal):
    """Nobody with this number has an active account: they sign in once as a citizen first."""

    code: ClassVar[str] = "holder-without-account"
    status: ClassVar[int] = 422


class NoSuchOfficer(Refusal):
    """Nobody with this number is at work as an officer. The same whether they have an account or not."""

    code: ClassVar[str] = "no-such-officer"
    status: ClassVar[int] = 422


class RoleNotThere(Refusal):
    """This role cannot be held there."""

    code: ClassVar[str] = "role-not-there"
    status: ClassVar[int] = 422


class UnitNotThere(Refusal):
    """The agency has no such unit, or the role is one of the whole agency: only officers sit in units."""

    code: ClassVar[str] = "unit-not-there"
    status: ClassVar[int] = 422


class GrantPeriodWrong(Refusal):
    """The last day of the role is not after today, or more than a year ahead."""

    code: ClassVar[str] = "grant-period-wrong"
    status: ClassVar[int] = 422


class EnoughGrantors(Refusal):
    """Two grantors can decide for themselves: the operator may not name another."""

    code: ClassVar[str] = "enough-grantors"


class ErasureStepImpossible(Refusal):
    """The order was decided, carried out or has lapsed meanwhile, or nobody has approved it yet."""

    code: ClassVar[str] = "erasure-step-impossible"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class ErasureAskedAlready(Refusal):
    """There is an order about this person that is neither decided against nor carried out."""

    code: ClassVar[str] = "erasure-asked-already"


class OtherOperatorNeeded(Refusal):
    """Nobody approves the erasure they asked for, and nobody has to do with their own."""

    code: ClassVar[str] = "other-operator-needed"
    status: ClassVar[int] = 403
