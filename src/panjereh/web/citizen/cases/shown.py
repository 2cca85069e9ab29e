"""What pages show of a case, as plain values: words for states, rows for facts."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import pages
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
}
FAULTS = {
    "missing": gettext_noop("Answer this question"),
    "not-an-option": gettext_noop("Choose one of the answers"),
    "postal-code-invalid": gettext_noop("The postal code must have ten digits"),
    "too-long": gettext_noop("The answer is too long"),
}
# Fields of registers' answers that people read, in their order, with the word before them.
FACT_WORDS = {
    "given_name": gettext_noop("Given name"),
    "family_name": gettext_noop("Family name"),
    "father_name": gettext_noop("Father's name"),
    "postal_code": gettext_noop("Postal code"),
    "city": gettext_noop("City"),
    "address_line": gettext_noop("Address"),
    "kind": gettext_noop("Kind of place"),
    "since": gettext_noop("Since"),
    "bond": gettext_noop("Proven by"),
}
VALUE_WORDS = {
    "dwelling": gettext_noop("dwelling"),
    "shop": gettext_noop("shop"),
    "land": gettext_noop("land"),
    "deed": gettext_noop("deed"),
    "lease": gettext_noop("registered lease"),
    "confirmed": gettext_noop("confirmation of owner or tenant"),
}
EVENT_WORDS = {
    "start": gettext_noop("Request started"),
    "answer": gettext_noop("Answer saved"),
    "gather": gettext_noop("Registers asked"),
    "facts-complete": gettext_noop("All answers arrived"),
    "submit": gettext_noop("Request submitted"),
    "grant": gettext_noop("Request granted"),
    "refuse": gettext_noop("Request refused"),
    "issue": gettext_noop("Document signed and issued"),
}
DATES = ("since",)


def summary(row: casework.CaseSummary) -> dict[str, Any]:
    """Return one row of «my cases»."""
    # The version the case began with: a newer one may not know its state any more.
    pack = catalogue.pack(row.service_id, row.pack_version)
    return {"row": row, "title": pages.either(pack.title), "tag": tag(row.state, pack)}


def tag(state: casework.CaseState, pack: catalogue.Pack) -> tuple[str, str]:
    """Return the kind and the word of a state."""
    label = next(pages.either(each.label) for each in pack.states if each.id == state)
    return TAGS[state], label


def case(view: casework.CaseView, pack: catalogue.Pack, *, on: dt.date) -> dict[str, Any]:
    """Return everything the pages of one case show on a day."""
    state = next(each for each in pack.states if each.id == view.state)
    holders = {exchange.data_set(each.data_set).holder for each in view.facts}
    agencies = directory.agencies({pack.owner, *holders})
    failed = [pack.condition(each) for each in view.failed_conditions]
    return {
        "case": view,
        "pack": pack,
        "title": pages.either(pack.title),
        "tag": tag(view.state, pack),
        "step": pages.either(state.step),
        "facts": [fact(each, pack, agencies) for each in view.facts],
        "reasons": list(zip(failed, cite(condition.law for condition in failed), strict=True)),
        "remedies": [each for each in pack.remedies if each.against == "decision"],
        "acts": [(_(EVENT_WORDS[act.event]), act.at) for act in view.acts if act.event in EVENT_WORDS],
        "owner": agencies[pack.owner].name,
        "clock": clock_of(view, pack, on=on),
    }


def fact(
    one: disclosure.Fact, pack: catalogue.Pack, agencies: Mapping[str, directory.Agency]
) -> dict[str, Any]:
    """Return one fact: what was asked of whom, and the rows of its answer."""
    evidence = pack.evidence_named(one.evidence)
    fields = casework.fields_of(one.answer or {})
    return {
        "requirement": pages.either(evidence.requirement),
        "holder": pages.either(agencies[exchange.data_set(one.data_set).holder].name),
        "state": one.state,
        "answered_at": one.answered_at,
        "found": fields.get("found"),
        "rows": [(_(word), value(name, fields[name])) for name, word in FACT_WORDS.items() if name in fields],
    }


def value(name: str, raw: Any) -> str:
    """Return one value of a register as a person reads it."""
    text = str(raw)
    if name in DATES:
        return pages.show_date(dt.date.fromisoformat(text))
    return _(VALUE_WORDS[text]) if text in VALUE_WORDS else pages.digits(text)


def fault_sentence(fault: str) -> str:
    """Return the sentence for what is wrong with an answer."""
    return _(FAULTS[fault])


def page_after(pack: catalogue.Pack, page: catalogue.Page) -> catalogue.Page | None:
    """Return the form page after this one, None after the last."""
    following = pack.pages.index(page) + 1
    return pack.pages[following] if following < len(pack.pages) else None


def page_to_answer(view: casework.CaseView, pack: catalogue.Pack) -> catalogue.Page:
    """Return the first page with a question that was never answered, or the last page."""
    for page in pack.pages:
        if any(field.id not in view.answers for field in page.fields):
            return page
    return pack.pages[-1]
