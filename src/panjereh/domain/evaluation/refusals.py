"""What the room says no to."""

from http import HTTPStatus

from panjereh_kernel.refusal import Refusal


class AssessmentImpossible(Refusal):
    """An assessment or an answer that cannot be as asked.

    `field` is which of its values; `why` is `unknown`, `same`, `missing`, `too-long`, `out-of-range`,
    `no-address` or `had-a-part`.
    """

    code = "assessment-impossible"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


class AnswerStands(Refusal):
    """Both assessors have answered the question: whoever saw the other's answer does not change their own."""

    code = "assessment-answer-stands"
    status = HTTPStatus.CONFLICT


class NothingToReconcile(Refusal):
    """The two do not differ on the question, or it was settled before."""

    code = "assessment-nothing-to-reconcile"
    status = HTTPStatus.CONFLICT


class NeedsThirdEyes(Refusal):
    """Whoever sits or sat in a seat does not settle what the two differ on, and hands no seat over."""

    code = "assessment-needs-third-eyes"
    status = HTTPStatus.CONFLICT


class AssessmentUnfinished(Refusal):
    """Questions have no answer that stands: `count` of them."""

    code = "assessment-unfinished"
    status = HTTPStatus.CONFLICT

    def __init__(self, count: int) -> None:
        super().__init__(str(count))
        self.count = count


class AssessmentClosed(Refusal):
    """The assessment is closed and nothing in it changes any more."""

    code = "assessment-closed"
    status = HTTPStatus.CONFLICT


class SeatTaken(Refusal):
    """Who sits in the seat is at work as an officer: it is not left over."""

    code = "assessment-seat-taken"
    status = HTTPStatus.CONFLICT
