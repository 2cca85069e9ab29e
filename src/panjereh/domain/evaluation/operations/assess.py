"""Fill in a question list: two officers answer unseen by each other, a third settles, an operator closes."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.evaluation import access, questions
from panjereh.domain.evaluation.models import (
    LOCAL,
    LONGEST_ADDRESS,
    LONGEST_CITY,
    LONGEST_NOTE,
    Answer,
    Assessment,
    Reconciled,
)
from panjereh.domain.evaluation.refusals import (
    AnswerStands,
    AssessmentClosed,
    AssessmentImpossible,
    AssessmentUnfinished,
    NothingToReconcile,
)
from panjereh.domain.evaluation.rules.assessing import Reply
from panjereh.domain.evaluation.rules.states import AssessmentState
from panjereh.domain.indices import api as indices
from panjereh_kernel.actor import Actor
from panjereh_kernel.persian import normalise
from panjereh_kernel.refusal import NotFound

MOST_ADDRESSES = 5


@transaction.atomic(durable=True)
def open_assessment(
    assessment_id: UUID,
    *,
    question_set: str,
    iso3: str,
    city: str = "",
    addresses: Sequence[str],
    assessors: tuple[UUID, UUID],
    tolerance: Decimal,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Open the filling-in of a question list for a state, or for a city with a list for cities.

    `addresses` are the portals judged, at most five; `assessors` the two subjects who answer, each at work as
    an officer when they do; `tolerance` the share of differing answers, fixed before the first. Sent twice
    with the same id it is one. Raises `NotFound` unless the actor is an operator now, `CountryUnknown`,
    `AssessmentImpossible`.
    """
    access.check_operator(actor=actor, at=at)
    if Assessment.objects.filter(id=assessment_id).exists():
        return
    indices.country(iso3)
    place = normalise(city).strip()
    _check_opening(question_set, place, addresses, assessors, tolerance)
    assert actor.subject_id is not None  # noqa: S101 -- an operator is a person
    row = Assessment.objects.create(
        id=assessment_id,
        question_set=question_set,
        iso3=iso3,
        city=place,
        addresses=list(addresses),
        tolerance=tolerance,
        assessor_a=assessors[0],
        assessor_b=assessors[1],
        state=AssessmentState.OPEN,
        opened_by=actor.subject_id,
        opened_at=at,
    )
    _record(row, "opened", actor=actor, at=at)


@transaction.atomic(durable=True)
def answer_question(
    assessment_id: UUID,
    code: str,
    *,
    reply: Reply,
    evidence: str = "",
    note: str = "",
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Answer one question from the actor's seat; until both have answered it, the newest answer counts.

    It stands under the actor's name. A yes needs `evidence`, the http or https address where it is seen. The
    same answer again changes nothing. Raises `NotFound` unless the actor sits in one of the two seats and is
    an officer now, and for a question that is not in the list; `AssessmentImpossible`, `AnswerStands`,
    `AssessmentClosed`.
    """
    row, seat = access.lock_seat(assessment_id, actor=actor, at=at)
    _check_question(row, code)
    told = _checked_text("note", note)
    _check_evidence(reply, evidence)
    sheets = access.sheets_of(row)
    before = sheets.given[seat].get(code)
    stands = row.state == AssessmentState.CLOSED or sheets.is_answered_by_both(code)
    # What a predecessor said can be made one's own by saying it again, while it may change at all.
    if before and _says(before) == (reply, evidence, told) and (stands or not before.is_inherited):
        return
    if row.state == AssessmentState.CLOSED:
        raise AssessmentClosed
    if stands:
        raise AnswerStands
    assert actor.subject_id is not None  # noqa: S101 -- an officer is a person
    Answer.objects.create(
        assessment=row,
        seat=seat,
        code=code,
        reply=reply,
        evidence=evidence,
        note=told,
        by=actor.subject_id,
        answered_at=at,
    )
    _settle(row)
    _record(row, "answered", actor=actor, at=at, code=code, seat=seat.value)


@transaction.atomic(durable=True)
def reconcile_answer(
    assessment_id: UUID, code: str, *, reply: Reply, reason: str, actor: Actor, at: dt.datetime
) -> None:
    """Settle a question on which the two differ, with the reason, by an operator who is neither of them.

    Raises `NotFound` as `answer_question` does for operators, `NeedsThirdEyes`, `NothingToReconcile` (also
    the second time), `AssessmentImpossible` without a reason, `AssessmentClosed`.
    """
    row = access.lock_as_third(assessment_id, actor=actor, at=at)
    _check_question(row, code)
    why = checked_reason(reason)
    if row.state == AssessmentState.CLOSED:
        raise AssessmentClosed
    sheets = access.sheets_of(row)
    if code not in sheets.differing or code in sheets.reconciled:
        raise NothingToReconcile
    assert actor.subject_id is not None  # noqa: S101 -- an operator is a person
    Reconciled.objects.create(
        assessment=row,
        assessor_a=row.assessor_a,
        assessor_b=row.assessor_b,
        code=code,
        reply=reply,
        reason=why,
        by=actor.subject_id,
        reconciled_at=at,
    )
    _settle(row)
    _record(row, "reconciled", actor=actor, at=at, code=code)


@transaction.atomic(durable=True)
def close_assessment(assessment_id: UUID, *, actor: Actor, at: dt.datetime) -> None:
    """Close an assessment once every question has an answer that stands; again, it changes nothing.

    Raises `NotFound` unless the actor is an operator now, `NeedsThirdEyes` for one of its assessors,
    `AssessmentUnfinished` with the number of open questions.
    """
    row = access.lock_as_third(assessment_id, actor=actor, at=at)
    if row.state == AssessmentState.CLOSED:
        return
    if left := _unsettled(row):
        raise AssessmentUnfinished(left)
    row.state, row.closed_by, row.closed_at = AssessmentState.CLOSED, actor.subject_id, at
    row.save(update_fields=["state", "closed_by", "closed_at"])
    _record(row, "closed", actor=actor, at=at)


def is_web_address(text: str) -> bool:
    """Tell whether a text is an http or https address with a host, and no longer than is kept.

    One that seems to lead elsewhere than it does is none: with a name before the host, or with signs that
    nobody sees.
    """
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    is_plain = text.isprintable() and " " not in text and "@" not in parts.netloc
    return parts.scheme in {"http", "https"} and has_host and is_plain and len(text) <= LONGEST_ADDRESS


def checked_reason(text: str) -> str:
    """Return a reason as it is kept. Raises `AssessmentImpossible` for none and for one that is too long."""
    told = _checked_text("reason", text)
    if not told:
        raise AssessmentImpossible("reason", "missing")
    return told


def _check_opening(
    question_set: str,
    city: str,
    addresses: Sequence[str],
    assessors: tuple[UUID, UUID],
    tolerance: Decimal,
) -> None:
    if not indices.questions(question_set):
        raise AssessmentImpossible("question_set", "unknown")
    if question_set.startswith(LOCAL) != bool(city):
        raise AssessmentImpossible("city", "unknown" if city else "missing")
    if len(city) > LONGEST_CITY:
        raise AssessmentImpossible("city", "too-long")
    if not 1 <= len(addresses) <= MOST_ADDRESSES or not all(map(is_web_address, addresses)):
        raise AssessmentImpossible("addresses", "no-address")
    if assessors[0] == assessors[1]:
        raise AssessmentImpossible("assessors", "same")
    if not 0 <= tolerance <= 1:
        raise AssessmentImpossible("tolerance", "out-of-range")


def _check_question(row: Assessment, code: str) -> None:
    if code not in questions.by_code(row.question_set):
        raise NotFound


def _check_evidence(reply: Reply, evidence: str) -> None:
    if reply is Reply.YES and not evidence:
        raise AssessmentImpossible("evidence", "missing")
    if evidence and not is_web_address(evidence):
        raise AssessmentImpossible("evidence", "no-address")


def _says(given: access.Given) -> tuple[Reply, str, str]:
    return given.reply, given.evidence, given.note


def _checked_text(field: str, text: str) -> str:
    told = normalise(text).strip()
    if len(told) > LONGEST_NOTE:
        raise AssessmentImpossible(field, "too-long")
    return told


def _settle(row: Assessment) -> None:
    if _unsettled(row) == 0:
        row.state = AssessmentState.RECONCILED
        row.save(update_fields=["state"])


def _unsettled(row: Assessment) -> int:
    return len(questions.by_code(row.question_set).keys() - access.sheets_of(row).settled.keys())


def _record(row: Assessment, what: str, *, actor: Actor, at: dt.datetime, **facts: str) -> None:
    # What was answered stays out: whoever reads the log must not learn it before the other has answered.
    told = {"question_set": row.question_set, **facts}
    audit.record(event=f"evaluation.assessment.{what}", actor=actor, subject=str(row.id), at=at, facts=told)
