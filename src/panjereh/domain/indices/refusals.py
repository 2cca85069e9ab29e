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


class AssessmentImpossible(Refusal):
    """An assessment or an answer that cannot be as asked.

    `field` is which of its values; `why` is `unknown`, `same`, `missing`, `too-long`, `out-of-range` or
    `no-address`.
    """

    code = "index-assessment-impossible"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


class AnswerStands(Refusal):
    """Both assessors have answered the question: whoever saw the other's answer does not change their own."""

    code = "index-assessment-answer-stands"
    status = HTTPStatus.CONFLICT


class NothingToReconcile(Refusal):
    """The two do not differ on the question, or it was settled before."""

    code = "index-assessment-nothing-to-reconcile"
    status = HTTPStatus.CONFLICT


class NeedsThirdEyes(Refusal):
    """An assessor does not settle what the two differ on."""

    code = "index-assessment-needs-third-eyes"
    status = HTTPStatus.CONFLICT


class AssessmentUnfinished(Refusal):
    """Questions have no answer that stands: `count` of them."""

    code = "index-assessment-unfinished"
    status = HTTPStatus.CONFLICT

    def __init__(self, count: int) -> None:
        super().__init__(str(count))
        self.count = count


class AssessmentClosed(Refusal):
    """The assessment is closed and nothing in it changes any more."""

    code = "index-assessment-closed"
    status = HTTPStatus.CONFLICT
