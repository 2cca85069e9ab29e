"""The door of `casework`.

Operations own a durable transaction. `continue_gathering`, `decide_case`, `end_cases_of_erased`,
`finish_case`, `note_overdue`, `recount_deadlines` and `tell_document_failed` are for jobs and subscriptions;
they may be repeated.
"""

from panjereh.domain.casework.operations.decide_case import decide_case
from panjereh.domain.casework.operations.document_failed import tell_document_failed
from panjereh.domain.casework.operations.end_cases import end_cases_of_erased
from panjereh.domain.casework.operations.finish_case import finish_case
from panjereh.domain.casework.operations.gather_facts import (
    PATIENCE,
    continue_gathering,
    gather_again,
    gather_facts,
)
from panjereh.domain.casework.operations.note_overdue import note_overdue
from panjereh.domain.casework.operations.recount_deadlines import recount_deadlines
from panjereh.domain.casework.operations.save_page import page_of, save_page
from panjereh.domain.casework.operations.start_case import IdentityTooWeak, start_case
from panjereh.domain.casework.operations.submit_case import LimitBeyondCalendar, submit_case
from panjereh.domain.casework.operations.withdraw_case import withdraw_case
from panjereh.domain.casework.queries import (
    ActView,
    CaseSummary,
    CaseView,
    case,
    case_state,
    cases_by_code,
    cases_of,
    count_overdue_cases,
    pages_to_answer,
)
from panjereh.domain.casework.refusals import CaseStepImpossible
from panjereh.domain.casework.rules.answers import AnswersInvalid
from panjereh.domain.casework.rules.gathering import fields_of
from panjereh.domain.casework.rules.states import CaseEvent, CaseState

__all__ = [
    "PATIENCE",
    "ActView",
    "AnswersInvalid",
    "CaseEvent",
    "CaseState",
    "CaseStepImpossible",
    "CaseSummary",
    "CaseView",
    "IdentityTooWeak",
    "LimitBeyondCalendar",
    "case",
    "case_state",
    "cases_by_code",
    "cases_of",
    "continue_gathering",
    "count_overdue_cases",
    "decide_case",
    "end_cases_of_erased",
    "fields_of",
    "finish_case",
    "gather_again",
    "gather_facts",
    "note_overdue",
    "page_of",
    "pages_to_answer",
    "recount_deadlines",
    "save_page",
    "start_case",
    "submit_case",
    "tell_document_failed",
    "withdraw_case",
]
