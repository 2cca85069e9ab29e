"""The door of the evaluation: a portal assessed by two officers with a question list of a survey.

Operations: `open_assessment`, `answer_question`, `reconcile_answer`, `close_assessment`, `request_look` by
officers in their seats, `hand_over_seat` when one of them is none any more, `look_at_address` by a job.
Everything else reads.
"""

from panjereh.domain.evaluation.access import Given
from panjereh.domain.evaluation.closed_assessments import (
    ClosedAssessment,
    FinalAnswer,
    closed_assessment,
    closed_assessments,
)
from panjereh.domain.evaluation.crawler import Crawler
from panjereh.domain.evaluation.operations.assess import (
    answer_question,
    close_assessment,
    open_assessment,
    reconcile_answer,
)
from panjereh.domain.evaluation.operations.hand_over import hand_over_seat
from panjereh.domain.evaluation.operations.look import look_at_address, request_look
from panjereh.domain.evaluation.queries import (
    AssessmentView,
    Finding,
    PartProgress,
    QuestionStanding,
    Result,
    Settlement,
    Sheet,
    assessment,
    assessment_part,
    assessment_result,
    assessment_sheet,
    assessments,
)
from panjereh.domain.evaluation.questions import by_code as questions_by_code
from panjereh.domain.evaluation.refusals import (
    AnswerStands,
    AssessmentClosed,
    AssessmentImpossible,
    AssessmentUnfinished,
    NeedsThirdEyes,
    NothingToReconcile,
    SeatTaken,
)
from panjereh.domain.evaluation.rules.assessing import Reply
from panjereh.domain.evaluation.rules.page_checks import BadChecks, CheckKind, PageChecks, parse_checks
from panjereh.domain.evaluation.rules.states import AssessmentState, Found, Seat, Standing
from panjereh.domain.evaluation.scoring import Effect, PartScore
from panjereh.domain.evaluation.seats import HandedOver

__all__ = [
    "AnswerStands",
    "AssessmentClosed",
    "AssessmentImpossible",
    "AssessmentState",
    "AssessmentUnfinished",
    "AssessmentView",
    "BadChecks",
    "CheckKind",
    "ClosedAssessment",
    "Crawler",
    "Effect",
    "FinalAnswer",
    "Finding",
    "Found",
    "Given",
    "HandedOver",
    "NeedsThirdEyes",
    "NothingToReconcile",
    "PageChecks",
    "PartProgress",
    "PartScore",
    "QuestionStanding",
    "Reply",
    "Result",
    "Seat",
    "SeatTaken",
    "Settlement",
    "Sheet",
    "Standing",
    "answer_question",
    "assessment",
    "assessment_part",
    "assessment_result",
    "assessment_sheet",
    "assessments",
    "close_assessment",
    "closed_assessment",
    "closed_assessments",
    "hand_over_seat",
    "look_at_address",
    "open_assessment",
    "parse_checks",
    "questions_by_code",
    "reconcile_answer",
    "request_look",
]
