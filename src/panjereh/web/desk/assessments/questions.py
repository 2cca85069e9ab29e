"""One question: answer it unseen by the other assessor, or decide as a third where the two differ."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panjereh.domain.evaluation import api as evaluation
from panjereh.plumbing import edge, pages
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.desk.assessments import forms, shown
from panjereh.web.desk.assessments.views import PURPOSE
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh.web.oversight.assessments import words
from panjereh_kernel.persian import normalise
from panjereh_kernel.refusal import Refusal


@require_safe
@desk_page()
def question(request: HttpRequest, who: Officer, assessment_id: UUID, code: str) -> HttpResponse:
    """Show one question with what a program saw, and the answers that whoever looks may see."""
    sheet = _sheet(assessment_id, code, who)
    saved = request.GET.get("saved", "")
    known = saved in evaluation.questions_by_code(sheet.view.question_set)
    return _page(request, who, sheet, typed=_own_words(sheet), saved=saved if known else "")


@require_POST
@desk_page()
def answer(request: HttpRequest, who: Officer, assessment_id: UUID, code: str) -> HttpResponse:
    """Save one's own answer and go on to the next open question; what is wrong is said at its field."""
    sheet, typed = _sheet(assessment_id, code, who), request.POST
    if typed.get("reply", "") not in {each.value for each in evaluation.Reply}:
        return _page(request, who, sheet, typed=typed, errors={"reply": _("Choose an answer.")})
    if _was_overtaken(sheet, typed):
        warning = _(
            "You answered this question in another window meanwhile. Nothing was saved now; "
            "save again and this answer takes its place."
        )
        return _page(request, who, sheet, typed=typed, warning=warning)
    try:
        evaluation.answer_question(
            assessment_id,
            code,
            reply=evaluation.Reply(typed["reply"]),
            evidence=typed.get("evidence", "").strip(),
            note=typed.get("note", ""),
            actor=who.actor(purpose=PURPOSE),
            at=edge.now(),
        )
    except evaluation.AssessmentImpossible as refusal:
        errors = {refusal.field: forms.sentence(refusal.field, refusal.why)}
        return _page(request, who, sheet, typed=typed, errors=errors)
    except (evaluation.AnswerStands, evaluation.AssessmentClosed) as refusal:
        return _not_saved(request, who, assessment_id, code, refusal)
    return _onwards(sheet, code)


@require_POST
@desk_page()
def settle(request: HttpRequest, who: Officer, assessment_id: UUID, code: str) -> HttpResponse:
    """Decide, with the reason, where the two differ, and go on to the next difference."""
    sheet, typed = _sheet(assessment_id, code, who), request.POST
    if typed.get("reply", "") not in {each.value for each in evaluation.Reply}:
        return _page(request, who, sheet, typed=typed, errors={"reply": _("Choose an answer.")})
    try:
        evaluation.reconcile_answer(
            assessment_id,
            code,
            reply=evaluation.Reply(typed["reply"]),
            reason=typed.get("reason", ""),
            actor=who.actor(purpose=PURPOSE),
            at=edge.now(),
        )
    except evaluation.AssessmentImpossible as refusal:
        errors = {refusal.field: forms.sentence(refusal.field, refusal.why)}
        return _page(request, who, sheet, typed=typed, errors=errors)
    except (evaluation.NothingToReconcile, evaluation.AssessmentClosed) as refusal:
        return _not_saved(request, who, assessment_id, code, refusal)
    return _onwards(sheet, code)


def _sheet(assessment_id: UUID, code: str, who: Officer) -> evaluation.Sheet:
    return evaluation.assessment_sheet(assessment_id, code, actor=who.actor(purpose=PURPOSE), at=edge.now())


def _not_saved(
    request: HttpRequest, who: Officer, assessment_id: UUID, code: str, refusal: Refusal
) -> HttpResponse:
    """Show how the question stands now, and what was typed beside it: nothing of it is lost unseen."""
    sheet = _sheet(assessment_id, code, who)
    unsaved = _("Nothing was saved now.")
    warning = f"{sentence_of(refusal)}. {unsaved}"
    return _page(request, who, sheet, typed=request.POST, warning=warning)


def _onwards(sheet: evaluation.Sheet, code: str) -> HttpResponse:
    # The neighbours were read before this answer, so the question itself is not among them.
    if not sheet.next_open:
        return redirect("desk:assessment", assessment_id=sheet.view.id)
    following = redirect("desk:assessment_question", assessment_id=sheet.view.id, code=sheet.next_open)
    following.headers["Location"] += f"?saved={code}"
    return following


def _was_overtaken(sheet: evaluation.Sheet, typed: Mapping[str, str]) -> bool:
    """Tell whether this officer answered otherwise since the form was drawn: two windows, or a way back."""
    own = _own(sheet)
    if own is None or typed.get("seen", "") == own.answered_at.isoformat():
        return False
    told = (typed["reply"], typed.get("evidence", "").strip(), normalise(typed.get("note", "")).strip())
    return told != (own.reply.value, own.evidence, own.note)


def _own(sheet: evaluation.Sheet) -> evaluation.Given | None:
    return sheet.given.get(sheet.view.seat) if sheet.view.seat else None


def _own_words(sheet: evaluation.Sheet) -> Mapping[str, str]:
    own = _own(sheet)
    return {"reply": own.reply.value, "evidence": own.evidence, "note": own.note} if own else {}


def _page(
    request: HttpRequest,
    who: Officer,
    sheet: evaluation.Sheet,
    *,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    warning: str = "",
    saved: str = "",
) -> HttpResponse:
    own, is_closed = _own(sheet), sheet.view.state is evaluation.AssessmentState.CLOSED
    part = sheet.question.asked.part
    context: dict[str, Any] = {
        "sheet": sheet,
        "code": sheet.question.asked.code,
        "title": words.title_of(sheet.view),
        "question": pages.either(sheet.question.title),
        "part": part,
        "part_name": words.part_names()[part],
        "is_checked": sheet.question.asked.code in words.checked_codes(sheet.view.question_set),
        "given": shown.given(sheet),
        "findings": shown.findings(sheet.findings),
        "settled": shown.reply(sheet.settlement.reply) if sheet.settlement else None,
        "may_answer": bool(sheet.view.seat) and len(sheet.given) < len(evaluation.Seat) and not is_closed,
        "may_settle": not sheet.view.seat and sheet.is_different and not sheet.settlement and not is_closed,
        "is_closed": is_closed,
        "replies": shown.replies(),
        "typed": typed,
        "seen": own.answered_at.isoformat() if own else "",
        "is_inherited": own.is_inherited if own else False,
        "errors": errors or {},
        "warning": warning,
        "saved": saved,
        "was_looked": "looked" in request.GET,
    }
    status = 409 if warning else 422 if errors else 200
    return show(request, who, "desk_assessments/question.html", context, status=status)
