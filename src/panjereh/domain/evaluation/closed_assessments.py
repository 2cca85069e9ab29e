"""Closed assessments for everybody: what was found and where it is seen, never who found it.

Notes and reasons stay inside: they are free words of officers, and may say more than is anybody's business.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from panjereh.domain.evaluation import access, questions
from panjereh.domain.evaluation.access import Sheets
from panjereh.domain.evaluation.models import Assessment
from panjereh.domain.evaluation.queries import Result, result_of
from panjereh.domain.evaluation.questions import SheetQuestion
from panjereh.domain.evaluation.rules.assessing import Reply, disagreement
from panjereh.domain.evaluation.rules.states import AssessmentState, Seat
from panjereh_kernel.refusal import NotFound


@dataclass(frozen=True, slots=True)
class ClosedAssessment:
    """A closed assessment of a state, or of a `city` of it."""

    id: UUID
    question_set: str
    iso3: str
    city: str
    addresses: tuple[str, ...]
    tolerance: Decimal
    opened_at: dt.datetime
    closed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class FinalAnswer:
    """The answer that stands on a question, and the addresses both assessors gave for it.

    `is_settled` says that the two differed and a third decided.
    """

    question: SheetQuestion
    reply: Reply
    evidence: tuple[str, ...]
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A closed assessment with its result and every answer. `disagreement` is a share of the questions."""

    assessment: ClosedAssessment
    result: Result
    answers: tuple[FinalAnswer, ...]
    disagreement: float


def closed_assessments(*, limit: int, before: UUID | None = None) -> list[ClosedAssessment]:
    """Return at most `limit` closed assessments, the last opened first, opened before the given one."""
    rows = Assessment.objects.filter(state=AssessmentState.CLOSED).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_closed(row) for row in rows[:limit]]


def closed_assessment(assessment_id: UUID) -> Published:
    """Return a closed assessment with its result. Raises `NotFound`, also while it is not closed."""
    row = Assessment.objects.filter(id=assessment_id, state=AssessmentState.CLOSED).first()
    if row is None:
        raise NotFound
    sheets = access.sheets_of(row)
    return Published(
        assessment=_closed(row),
        result=result_of(row, sheets),
        answers=_answers(row, sheets),
        disagreement=disagreement(sheets.replies(Seat.A), sheets.replies(Seat.B)),
    )


def _answers(row: Assessment, sheets: Sheets) -> tuple[FinalAnswer, ...]:
    settled = sheets.settled
    return tuple(
        FinalAnswer(
            question=question,
            reply=settled[code],
            evidence=_evidence(sheets, code),
            is_settled=code in sheets.reconciled,
        )
        for code, question in questions.by_code(row.question_set).items()
        if code in settled
    )


def _evidence(sheets: Sheets, code: str) -> tuple[str, ...]:
    given = (answers.get(code) for answers in sheets.given.values())
    return tuple(dict.fromkeys(each.evidence for each in given if each and each.evidence))


def _closed(row: Assessment) -> ClosedAssessment:
    assert row.closed_at is not None  # noqa: S101 -- a constraint says so
    return ClosedAssessment(
        id=row.id,
        question_set=row.question_set,
        iso3=row.iso3,
        city=row.city,
        addresses=tuple(row.addresses),
        tolerance=row.tolerance,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )
