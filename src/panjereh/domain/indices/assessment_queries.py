"""Assessments for those who work on them: how far they are, one question, what differs, the result."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from panjereh.domain.indices import assessment_access as access
from panjereh.domain.indices import assessment_questions, queries
from panjereh.domain.indices.assessment_access import Given, Sheets
from panjereh.domain.indices.assessment_questions import SheetQuestion
from panjereh.domain.indices.models import Assessment, MachineFinding, Reconciled
from panjereh.domain.indices.rules.assessing import (
    Effect,
    Reply,
    Score,
    disagreement,
    effects,
    score_answers,
)
from panjereh.domain.indices.rules.states import AssessmentState, Found, Seat
from panjereh.domain.indices.rules.tables import EditionTable
from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound

MOST = 50


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An assessment. `seat` is the one of whoever looks, None for an operator who sits in none."""

    id: UUID
    question_set: str
    iso3: str
    city: str
    addresses: tuple[str, ...]
    tolerance: Decimal
    state: AssessmentState
    seat: Seat | None
    opened_at: dt.datetime
    closed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PartProgress:
    """One part of the list: questions, those the looker answered, those both did, and those that stand."""

    part: str
    questions: int
    own: int
    both: int
    settled: int


@dataclass(frozen=True, slots=True)
class AssessmentProgress:
    """How far an assessment is. `disagreement` is a share of the questions that both answered."""

    parts: tuple[PartProgress, ...]
    differing: int
    unreconciled: tuple[str, ...]
    disagreement: float
    is_within_tolerance: bool


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a third officer decided on a question, and why."""

    reply: Reply
    reason: str
    reconciled_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """What a program saw at an address: evidence, never an answer. `seen` is a code."""

    address: str
    found: Found
    seen: str
    seen_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question of an assessment, with the answers that whoever looks may see."""

    question: SheetQuestion
    given: Mapping[Seat, Given]
    settlement: Settlement | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers that stand come to, and what each no costs, the most for its effort first.

    `edition` is the published edition that index and places of the effects are of, "" for a city.
    """

    settled: int
    questions: int
    score: Score
    effects: tuple[Effect, ...]
    edition: str


def assessments(*, actor: Actor, at: dt.datetime) -> list[AssessmentView]:
    """Return the assessments the actor sits in, for an operator all: the newest first, at most fifty.

    Raises `NotFound` unless the actor is an officer or an operator now.
    """
    rows = Assessment.objects.order_by("-opened_at", "id")
    if actor.post is not None and OfficerRole.OPERATOR in actor.post.roles:
        access.check_operator(actor=actor, at=at)
    else:
        people.check_role(OfficerRole.OFFICER, actor=actor, at=at)
        rows = rows.filter(Q(assessor_a=actor.subject_id) | Q(assessor_b=actor.subject_id))
    return [_view(row, actor) for row in rows[:MOST]]


def assessment(
    assessment_id: UUID, *, actor: Actor, at: dt.datetime
) -> tuple[AssessmentView, AssessmentProgress]:
    """Return one assessment and how far it is. Raises `NotFound` unless its assessor or an operator asks."""
    row = access.assessment_for(assessment_id, actor=actor, at=at)
    return _view(row, actor), _progress(row, access.sheets_of(row), access.seat_of(row, actor=actor))


def assessment_sheet(assessment_id: UUID, code: str, *, actor: Actor, at: dt.datetime) -> Sheet:
    """Return one question: one's own answer, the others' once both have answered or all is closed.

    Raises `NotFound` as `assessment` does, and for a question that is not in the list.
    """
    row = access.assessment_for(assessment_id, actor=actor, at=at)
    question = assessment_questions.by_code(row.question_set).get(code)
    if question is None:
        raise NotFound
    sheets = access.sheets_of(row)
    decided = Reconciled.objects.filter(assessment=row, code=code).first()
    return Sheet(
        question=question,
        given=access.visible(sheets, code, row=row, own=access.seat_of(row, actor=actor)),
        settlement=_settlement(decided) if decided else None,
        findings=_findings(row, code),
    )


def assessment_result(assessment_id: UUID, *, actor: Actor, at: dt.datetime) -> Result:
    """Return score and effects of the answers that stand so far. Raises `NotFound` as `assessment` does."""
    row = access.assessment_for(assessment_id, actor=actor, at=at)
    asked = [each.asked for each in assessment_questions.by_code(row.question_set).values()]
    settled = access.sheets_of(row).settled
    table = None if row.city else _table_of(row)
    method = table.method if table else None
    return Result(
        settled=len(settled),
        questions=len(asked),
        score=score_answers(asked, settled, method),
        effects=effects(asked, settled, method, table=table, iso3=row.iso3),
        edition=table.edition if table else "",
    )


def _table_of(row: Assessment) -> EditionTable:
    """The edition that the list was made for."""
    return queries.edition_table("egdi", row.question_set.rpartition("-")[2])


def _view(row: Assessment, actor: Actor) -> AssessmentView:
    return AssessmentView(
        id=row.id,
        question_set=row.question_set,
        iso3=row.iso3,
        city=row.city,
        addresses=tuple(row.addresses),
        tolerance=row.tolerance,
        state=AssessmentState(row.state),
        seat=access.seat_of(row, actor=actor),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )


def _progress(row: Assessment, sheets: Sheets, own: Seat | None) -> AssessmentProgress:
    questions, settled = assessment_questions.by_code(row.question_set), sheets.settled
    share = disagreement(sheets.replies(Seat.A), sheets.replies(Seat.B))
    codes: dict[str, list[str]] = {}
    for code, each in questions.items():
        codes.setdefault(each.asked.part, []).append(code)
    return AssessmentProgress(
        parts=tuple(
            PartProgress(
                part=part,
                questions=len(those),
                own=sum(code in sheets.given[own] for code in those) if own else 0,
                both=sum(map(sheets.is_answered_by_both, those)),
                settled=sum(code in settled for code in those),
            )
            for part, those in codes.items()
        ),
        differing=len(sheets.differing),
        unreconciled=tuple(code for code in questions if code in sheets.differing - settled.keys()),
        disagreement=share,
        is_within_tolerance=share <= row.tolerance,
    )


def _settlement(row: Reconciled) -> Settlement:
    return Settlement(Reply(row.reply), row.reason, row.reconciled_at)


def _findings(row: Assessment, code: str) -> tuple[Finding, ...]:
    """Return the newest finding at each address."""
    rows = MachineFinding.objects.filter(assessment=row, code=code).order_by("address", "-id")
    newest = rows.distinct("address")
    return tuple(Finding(each.address, Found(each.found), each.seen, each.seen_at) for each in newest)
