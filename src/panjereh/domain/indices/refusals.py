"""What the room says no to."""

from http import HTTPStatus

from panjereh.domain.indices.rules.faults import Fault
from panjereh_kernel.refusal import Refusal


class EditionFaulty(Refusal):
    """The file of an edition cannot be right; `faults` says where and why, `count` how often."""

    code = "index-edition-faulty"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self._faults = faults
        self.count = len(faults)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong with the file, by line."""
        return self._faults


class EditionSaysTheSame(Refusal):
    """The file says nothing that is not known: there is nothing to decide."""

    code = "index-edition-says-the-same"
    status = HTTPStatus.CONFLICT


class ProposalWaits(Refusal):
    """Another proposal for this edition waits for a decision."""

    code = "index-proposal-waits"
    status = HTTPStatus.CONFLICT


class ProposalDecided(Refusal):
    """The proposal was decided before; `state` says how."""

    code = "index-proposal-decided"
    status = HTTPStatus.CONFLICT

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NotOnesOwnProposal(Refusal):
    """Whoever proposed an edition does not decide on it."""

    code = "index-proposal-needs-other-eyes"
    status = HTTPStatus.CONFLICT


class WhatIfImpossible(Refusal):
    """A what-if that means nothing.

    `field` is the part or raw indicator, `why` is `unknown-part`, `out-of-range`, `weights-not-one` or
    `changed-twice`: a part cannot be both changed and estimated.
    """

    code = "index-what-if-impossible"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why
