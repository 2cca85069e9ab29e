"""Assessments at work in words of the page's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.evaluation import api as evaluation
from panjereh.plumbing import pages
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.oversight.assessments import words
from panjereh_kernel.actor import OfficerRole

STATES: Final[Mapping[evaluation.AssessmentState, tuple[str, str]]] = {
    evaluation.AssessmentState.OPEN: ("wait", gettext_noop("Is being answered")),
    evaluation.AssessmentState.RECONCILED: ("go", gettext_noop("Ready to be closed")),
    evaluation.AssessmentState.CLOSED: ("good", gettext_noop("Closed")),
}
STANDINGS: Final[Mapping[evaluation.Standing, tuple[str, str]]] = {
    evaluation.Standing.OPEN: ("wait", gettext_noop("Open")),
    evaluation.Standing.ANSWERED: ("go", gettext_noop("You answered")),
    evaluation.Standing.ALIKE: ("good", gettext_noop("Both say the same")),
    evaluation.Standing.DIFFERENT: ("bad", gettext_noop("The two differ")),
    evaluation.Standing.SETTLED: ("good", gettext_noop("Decided by a third")),
}
LEFT_OVER: Final = ("bad", gettext_noop("A seat is left over"))
Task = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class ShownGiven:
    """The answer of one seat; `is_inherited`: of whoever sat there before."""

    seat: str
    is_own: bool
    is_inherited: bool
    kind: str
    reply: str
    evidence: str
    note: str
    at: str


def tasks(found: Iterable[evaluation.AssessmentView], who: Officer) -> list[Task]:
    """Return assessments as a list of tasks."""
    return [
        (
            reverse("desk:assessment", args=[each.id]) if _may_enter(each, who) else "",
            words.title_of(each),
            _opened(each) if _may_enter(each, who) else _("You answer it from your place as an officer."),
            *(_of(LEFT_OVER) if each.left_over else _state(each)),
        )
        for each in found
    ]


def parts(found: Iterable[evaluation.PartProgress], assessment: evaluation.AssessmentView) -> list[Task]:
    """Return the parts of a list as tasks: how many are answered, by oneself or by both."""
    names = words.part_names()
    return [
        (
            reverse("desk:assessment_part", args=[assessment.id, each.part]),
            names[each.part],
            _both(each),
            *_progress(each, assessment),
        )
        for each in found
    ]


def questions(assessment_id: UUID, found: Sequence[evaluation.QuestionStanding]) -> list[Task]:
    """Return the questions of a part as tasks."""
    return [
        (
            reverse("desk:assessment_question", args=[assessment_id, each.question.asked.code]),
            pages.either(each.question.title),
            _("question %(number)s, code %(code)s")
            % {"number": pages.digits(each.question.number), "code": each.question.asked.code},
            *_of(STANDINGS[each.standing]),
        )
        for each in found
    ]


def given(sheet: evaluation.Sheet) -> list[ShownGiven]:
    """Return the answers that whoever looks may see, by seat."""
    return [
        ShownGiven(
            seat=seat.value,
            is_own=seat is sheet.view.seat,
            is_inherited=each.is_inherited,
            kind=words.REPLIES[each.reply][0],
            reply=_(words.REPLIES[each.reply][1]),
            evidence=each.evidence,
            note=each.note,
            at=pages.show_moment(each.answered_at),
        )
        for seat, each in sorted(sheet.given.items())
    ]


def handed_over(
    passed: Iterable[evaluation.HandedOver], names: Mapping[UUID, str]
) -> list[tuple[str, str, str, str, str, str]]:
    """Return how seats passed on: seat, who left it, who took it, by whom, when and why."""
    return [
        (
            each.seat.value,
            name(names, each.left_by),
            name(names, each.taken_by),
            name(names, each.by),
            pages.show_date(each.handed_over_at),
            each.reason,
        )
        for each in passed
    ]


def name(names: Mapping[UUID, str], subject_id: UUID) -> str:
    """Return the name of somebody who has a part in an assessment."""
    return names.get(subject_id) or _("An erased person")


def findings(found: Iterable[evaluation.Finding]) -> list[tuple[str, str, str, str, str]]:
    """Return what a program saw: address, kind and word of the tag, what it saw, when."""
    return [
        (each.address, *_of(words.FOUND[each.found]), words.seen(each.seen), pages.show_moment(each.seen_at))
        for each in found
    ]


def replies() -> list[tuple[str, str]]:
    """Return the answers to choose from."""
    return [(reply.value, _(text)) for reply, (_kind, text) in words.REPLIES.items()]


def reply(value: evaluation.Reply) -> tuple[str, str]:
    """Return kind and word of an answer."""
    return _of(words.REPLIES[value])


def state_tag(assessment: evaluation.AssessmentView) -> tuple[str, str]:
    """Return kind and word of where an assessment stands."""
    return _state(assessment)


def _may_enter(assessment: evaluation.AssessmentView, who: Officer) -> bool:
    roles = who.post.roles if who.post else frozenset()
    return assessment.seat is None or OfficerRole.OFFICER in roles


def _opened(assessment: evaluation.AssessmentView) -> str:
    told = {"date": pages.show_date(assessment.opened_at), "seat": assessment.seat or ""}
    if assessment.seat is None:
        return _("opened on %(date)s") % told
    return _("opened on %(date)s; you are assessor %(seat)s") % told


def _state(assessment: evaluation.AssessmentView) -> tuple[str, str]:
    return _of(STATES[assessment.state])


def _both(part: evaluation.PartProgress) -> str:
    told = {"count": pages.digits(part.both), "settled": pages.digits(part.settled)}
    return _("answered by both: %(count)s; final: %(settled)s") % told


def _progress(part: evaluation.PartProgress, assessment: evaluation.AssessmentView) -> tuple[str, str]:
    done = part.settled if assessment.seat is None else part.own
    kind = "good" if done == part.questions else "go" if done else "wait"
    told = {"done": pages.digits(done), "count": pages.digits(part.questions)}
    return kind, _("%(done)s of %(count)s") % told


def _of(told: tuple[str, str]) -> tuple[str, str]:
    return told[0], _(told[1])
