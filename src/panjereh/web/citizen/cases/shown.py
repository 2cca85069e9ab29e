"""What pages show of a case, as plain values: words for states, the pages of the form, who has it."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.plumbing import pages
from panjereh.web.citizen.cases import timeline
from panjereh.web.citizen.cases.clock import clock_of
from panjereh.web.laws import cite

# Shape and colour of each state; the word comes from the pack.
TAGS = {
    casework.CaseState.DRAFT: "",
    casework.CaseState.GATHERING: "wait",
    casework.CaseState.READY: "wait",
    casework.CaseState.SUBMITTED: "go",
    casework.CaseState.GRANTED: "go",
    casework.CaseState.ISSUED: "good",
    casework.CaseState.REFUSED: "bad",
    casework.CaseState.WITHDRAWN: "",
}
FAULTS = {
    "missing": gettext_noop("Answer this question"),
    "not-an-option": gettext_noop("Choose one of the answers"),
    "postal-code-invalid": gettext_noop("The postal code must have ten digits"),
    "postal-code-not-ours": gettext_noop(
        "A practice postal code begins with 99999; a practice installation takes only such codes,"
        " and a real one takes none"
    ),
    "too-long": gettext_noop("The answer is too long"),
}
WAITING = (casework.CaseState.SUBMITTED, casework.CaseState.GRANTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the person: the question, the words of the answer, and the page it was given on."""

    question: str
    value: str
    is_code: bool
    page_id: str


def summary(row: casework.CaseSummary) -> tuple[str, str, str, str, str]:
    """Return one row of «my cases», as the kit's list of tasks takes it."""
    # The version the case began with: a newer one may not know its state any more.
    pack = catalogue.pack(row.service_id, row.pack_version)
    code = f"\u2066{pages.digits(row.tracking_code)}\u2069"
    date = pages.show_date(row.submitted_at or row.started_at)
    small = _small(pages.page_language(), is_submitted=row.submitted_at is not None)
    href = pages.address("citizen:case", of=row.id, keyword="case_id")
    return (href, pages.either(pack.title), small % {"code": code, "date": date}, *tag(row.state, pack))


@cache
def _small(_language: str, *, is_submitted: bool) -> str:
    began = _("submitted on %(date)s") if is_submitted else _("started on %(date)s")
    return " · ".join((_("Tracking code %(code)s"), began))


def tag(state: casework.CaseState, pack: catalogue.Pack) -> tuple[str, str]:
    """Return the kind and the word of a state."""
    label = next(pages.either(each.label) for each in pack.states if each.id == state)
    return TAGS[state], label


def step_of(view: casework.CaseView, pack: catalogue.Pack) -> str:
    """Return what happens next, in the words of the service."""
    return next(pages.either(each.step) for each in pack.states if each.id == view.state)


def case(view: casework.CaseView, pack: catalogue.Pack, *, on: dt.date) -> dict[str, Any]:
    """Return what the page of a submitted or withdrawn case shows on a day."""
    failed = [pack.condition(each) for each in view.failed_conditions]
    waits = view.state in WAITING
    return {
        "case": view,
        "pack": pack,
        "title": pages.either(pack.title),
        "tag": tag(view.state, pack),
        "waits": waits,
        "late": is_late(view, on=on),
        "step": step_of(view, pack),
        "reasons": list(zip(failed, cite(condition.law for condition in failed), strict=True)),
        "remedies": [each for each in pack.remedies if each.against == "decision"],
        "owner": pages.either(directory.agency(pack.owner).name),
        "clock": clock_of(view, pack, on=on),
        "answers": answers_of(view, pack),
        "rows": timeline.rows_of(
            view,
            step=step_of(view, pack) if waits else "",
            text=_("We tell you in your inbox and by text message. You need do nothing."),
        ),
        "earlier": timeline.earlier_rows_of(view),
    }


def is_late(view: casework.CaseView, *, on: dt.date) -> bool:
    """Whether the limit of what the case waits for has passed on a day."""
    return view.waits_until is not None and on > view.waits_until


def answers_of(view: casework.CaseView, pack: catalogue.Pack) -> list[Answer]:
    """Return what the person answered, in the order of the form."""
    return [
        Answer(pages.either(field.label), _answer(field, view.answers[field.id]), _is_code(field), page.id)
        for page in casework.pages_to_answer(pack, view.answers)
        for field in page.fields
        if view.answers.get(field.id)
    ]


def fault_sentence(fault: str, typed: str) -> str:
    """Return the sentence for what is wrong with an answer: what is needed, then what was given."""
    sentence = _(FAULTS[fault])
    if fault == "postal-code-invalid" and len(typed) <= LONGEST_SHOWN:
        given = _("You wrote “%(typed)s”.") % {"typed": f"\u2068{typed}\u2069"}
        return f"{sentence}. {given}"
    return sentence


def place_of(
    page: catalogue.Page, asked: tuple[catalogue.Page, ...], pack: catalogue.Pack
) -> tuple[int, int]:
    """Return the number of a page and how many are asked; 0 for how many while this answer decides it."""
    behind = pack.pages[pack.pages.index(page) + 1 :]
    total = 0 if any(each.shown_if for each in behind) else len(asked)
    return asked.index(page) + 1, total


def page_to_answer(view: casework.CaseView, pack: catalogue.Pack) -> catalogue.Page | None:
    """Return the first page that is asked and was never answered, None when all were."""
    for page in casework.pages_to_answer(pack, view.answers):
        if any(field.id not in view.answers for field in page.fields):
            return page
    return None


LONGEST_SHOWN = 40


def _answer(field: catalogue.Field, value: str) -> str:
    if field.kind is catalogue.FieldKind.CHOICE:
        return next(pages.either(each.label) for each in field.options if each.id == value)
    return pages.digits(value) if _is_code(field) else value


def _is_code(field: catalogue.Field) -> bool:
    return field.kind is catalogue.FieldKind.POSTAL_CODE
