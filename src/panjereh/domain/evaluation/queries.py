"""Assessments for those who work on them: how far they are, one question, what differs, the result."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from panjereh.domain.evaluation import access, seats
from panjereh.domain.evaluation.access import Given, Sheets
from panjereh.domain.evaluation.models import Assessment, MachineFinding, Reconciled
from panjereh.domain.evaluation.questions import SheetQuestion, by_code
from panjereh.domain.evaluation.rules.assessing import Reply, disagreement, neighbours
from panjereh.domain.evaluation.rules.states import AssessmentState, Found, Seat, Standing
from panjereh.domain.evaluation.scoring import Effect, Score, effects, score_answers
from panjereh.domain.evaluation.seats import HandedOver
from panjereh.domain.indices import api as indices
from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound

MOST = 50


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An assessment. `seat` is the one of whoever looks, None for an operator who sits in none.

    `assessors` are the subjects in the seats, and `left_over` the seats of a running assessment whose
    assessor is no longer an officer: both told to that operator alone, for assessors do not learn of each
    other.
    """

    id: UUID
    question_set: str
    iso3: str
    city: str
    addresses: tuple[str, ...]
    tolerance: Decimal
    state: AssessmentState
    seat: Seat | None
    assessors: tuple[UUID, ...]
    left_over: tuple[Seat, ...]
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
    """How far an assessment is. `disagreement` is a share of the questions that `both` answered.

    `next_open` is the first question that waits for whoever looks, as in `Sheet`. `handed_over` is told to an
    operator who sits in no seat, the first first; to an assessor their own taking over of the seat alone.
    """

    parts: tuple[PartProgress, ...]
    both: int
    differing: int
    unreconciled: tuple[str, ...]
    disagreement: float
    is_within_tolerance: bool
    next_open: str
    handed_over: tuple[HandedOver, ...]


@dataclass(frozen=True, slots=True)
class QuestionStanding:
    """One question of a part and how it stands for whoever looks."""

    question: SheetQuestion
    standing: Standing


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
    """One question of an assessment, with the answers that whoever looks may see.

    `previous_open` and `next_open` are the codes of other questions that wait for whoever looks: for an
    assessor unanswered ones, for an operator differences that nobody settled. The next after the last is the
    first; "" where none is left. `questions` is how many the list has.
    """

    view: AssessmentView
    question: SheetQuestion
    questions: int
    is_different: bool
    previous_open: str
    next_open: str
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
    return _views(rows[:MOST], actor, at)


def assessment(
    assessment_id: UUID, *, actor: Actor, at: dt.datetime
) -> tuple[AssessmentView, AssessmentProgress]:
    """Return one assessment and how far it is. Raises `NotFound` unless its assessor or an operator asks."""
    row = access.assessment_for(assessment_id, actor=actor, at=at)
    return _view(row, actor, at), _progress(row, access.sheets_of(row), access.seat_of(row, actor=actor))


def assessment_sheet(assessment_id: UUID, code: str, *, actor: Actor, at: dt.datetime) -> Sheet:
    """Return one question: one's own answer, the others' once both have answered or all is closed.

    Raises `NotFound` as `assessment` does, and for a question that is not in the list.
    """
    row = access.assessment_for(assessment_id, actor=actor, at=at)
    questions = by_code(row.question_set)
    if code not in questions:
        raise NotFound
    sheets, own = access.sheets_of(row), access.seat_of(row, actor=actor)
    before, after = neighbours([*questions], code, waiting=_waiting(sheets, own, questions))
    decided = Reconciled.objects.filter(assessment=row, code=code).first()
    return Sheet(
        view=_view(row, actor, at),
        question=questions[code],
        questions=len(questions),
        is_different=code in sheets.differing,
        previous_open=before,
        next_open=after,
        given=access.visible(sheets, code, row=row, own=own),
        settlement=_settlement(decided) if decided else None,
        findings=_findings(row, code),
    )


def assessment_part(
    assessment_id: UUID, part: str, *, actor: Actor, at: dt.datetime
) -> tuple[AssessmentView, tuple[QuestionStanding, ...]]:
    """Return the questions of a part in order. Raises `NotFound` as `assessment` does, and for no part."""
    row = access.assessment_for(assessment_id, actor=actor, at=at)
    sheets, own = access.sheets_of(row), access.seat_of(row, actor=actor)
    questions = by_code(row.question_set)
    found = tuple(
        QuestionStanding(question, _standing(sheets, code, own))
        for code, question in questions.items()
        if question.asked.part == part
    )
    if not found:
        raise NotFound
    return _view(row, actor, at), found


def assessment_result(assessment_id: UUID, *, actor: Actor, at: dt.datetime) -> Result:
    """Return score and effects of the answers that stand so far. Raises `NotFound` as `assessment` does."""
    row = access.assessment_for(assessment_id, actor=actor, at=at)
    return result_of(row, access.sheets_of(row))


def result_of(row: Assessment, sheets: Sheets) -> Result:
    """Return score and effects of the answers that stand in an assessment. For this room alone."""
    asked = [each.asked for each in by_code(row.question_set).values()]
    settled = sheets.settled
    table = None if row.city else _table_of(row)
    method = table.method if table else None
    return Result(
        settled=len(settled),
        questions=len(asked),
        score=score_answers(asked, settled, method),
        effects=effects(asked, settled, method, table=table, iso3=row.iso3),
        edition=table.edition if table else "",
    )


def _table_of(row: Assessment) -> indices.EditionTable:
    """The edition that the list was made for."""
    return indices.edition_table("egdi", row.question_set.rpartition("-")[2])


def _waiting(sheets: Sheets, own: Seat | None, codes: Iterable[str]) -> set[str]:
    """Return the questions that wait for whoever looks."""
    if own is None:
        return set(sheets.differing - sheets.reconciled.keys())
    return {code for code in codes if code not in sheets.given[own]}


def _standing(sheets: Sheets, code: str, own: Seat | None) -> Standing:
    # What the other answered alone leaves no mark here: both seats see it only once it is both.
    if not sheets.is_answered_by_both(code):
        return Standing.ANSWERED if own and code in sheets.given[own] else Standing.OPEN
    if code not in sheets.differing:
        return Standing.ALIKE
    return Standing.SETTLED if code in sheets.reconciled else Standing.DIFFERENT


def _view(row: Assessment, actor: Actor, at: dt.datetime) -> AssessmentView:
    (view,) = _views([row], actor, at)
    return view


def _views(rows: Iterable[Assessment], actor: Actor, at: dt.datetime) -> list[AssessmentView]:
    seated = [(row, access.seat_of(row, actor=actor)) for row in rows]
    found = seats.left_over([row for row, own in seated if own is None], at=at)
    return [_seen(row, own, found.get(row.id, ())) for row, own in seated]


def _seen(row: Assessment, seat: Seat | None, left_over: tuple[Seat, ...]) -> AssessmentView:
    return AssessmentView(
        id=row.id,
        question_set=row.question_set,
        iso3=row.iso3,
        city=row.city,
        addresses=tuple(row.addresses),
        tolerance=row.tolerance,
        state=AssessmentState(row.state),
        seat=seat,
        assessors=() if seat else (row.assessor_a, row.assessor_b),
        left_over=left_over,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )


def _progress(row: Assessment, sheets: Sheets, own: Seat | None) -> AssessmentProgress:
    questions, settled = by_code(row.question_set), sheets.settled
    share = disagreement(sheets.replies(Seat.A), sheets.replies(Seat.B))
    waiting = _waiting(sheets, own, questions)
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
        both=sum(map(sheets.is_answered_by_both, questions)),
        differing=len(sheets.differing),
        unreconciled=tuple(code for code in questions if code in sheets.differing - settled.keys()),
        disagreement=share,
        is_within_tolerance=share <= row.tolerance,
        next_open=next((code for code in questions if code in waiting), ""),
        handed_over=seats.handed_over(row, own),
    )


def _settlement(row: Reconciled) -> Settlement:
    return Settlement(Reply(row.reply), row.reason, row.reconciled_at)


def _findings(row: Assessment, code: str) -> tuple[Finding, ...]:
    """Return the newest finding at each address."""
    rows = MachineFinding.objects.filter(assessment=row, code=code).order_by("address", "-id")
    newest = rows.distinct("address")
    return tuple(Finding(each.address, Found(each.found), each.seen, each.seen_at) for each in newest)
