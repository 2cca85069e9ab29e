"""What the officer did at the desk, as the record has it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe
from markupsafe import Markup

from panjereh.domain.audit import api as audit
from panjereh.domain.directory import api as directory
from panjereh.plumbing import pages
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh_kernel.refusal import NotFound

PAGE = 20
SENTENCES = {
    "people.grant.requested": gettext_noop("You asked for a role for somebody"),
    "people.grant.approved": gettext_noop("You approved a role"),
    "people.grant.refused": gettext_noop("You refused a role"),
    "people.grant.revoked": gettext_noop("You revoked a role"),
    "people.erasure.asked": gettext_noop("You asked that somebody be erased"),
    "people.erasure.approved": gettext_noop("You approved an erasure"),
    "people.erasure.refused": gettext_noop("You stopped an erasure"),
    "indices.edition.proposed": gettext_noop("You proposed an edition of an index"),
    "indices.edition.accepted": gettext_noop("You took an edition of an index in"),
    "indices.edition.turned_down": gettext_noop("You turned an edition of an index down"),
    "upkeep.job.retried": gettext_noop("You ran a failed job again"),
    "upkeep.job.put_aside": gettext_noop("You put a failed job aside"),
    "upkeep.breach.recorded": gettext_noop("You recorded a breach"),
    "upkeep.breach.notice_settled": gettext_noop(
        "You noted that somebody was told of a breach, or need not be"
    ),
    "upkeep.breach.closed": gettext_noop("You closed a breach"),
    "evaluation.assessment.opened": gettext_noop("You opened an assessment of a portal"),
    "evaluation.assessment.answered": gettext_noop("You answered a question of an assessment"),
    "evaluation.assessment.reconciled": gettext_noop("You decided where two assessors differed"),
    "evaluation.assessment.look_requested": gettext_noop("You had a program look at portals"),
    "evaluation.assessment.seat_handed_over": gettext_noop("You handed a seat of an assessment over"),
    "evaluation.assessment.closed": gettext_noop("You closed an assessment of a portal"),
}
# Where what an act was about can be looked at, by the beginning of its event.
PAGES = {
    "people.grant.": "desk:grant",
    "people.erasure.": "desk:erasure",
    "indices.edition.": "desk:edition",
    "upkeep.job.": "desk:job",
    "upkeep.breach.": "desk:breach",
    "evaluation.assessment.": "desk:assessment",
}


@require_safe
@desk_page()
def acts(request: HttpRequest, who: Officer) -> HttpResponse:
    """Show one page of the officer's own acts, the latest first, at whichever place they were done."""
    try:
        before = UUID(request.GET["before"]) if "before" in request.GET else None
    except ValueError as error:
        raise NotFound from error
    found = audit.acts_of(actor=who.actor(purpose="own-acts"), limit=PAGE + 1, before=before)
    page = found[:PAGE]
    context = {
        "rows": _rows(page),
        "is_first": before is None,
        "older": str(page[-1].id) if len(found) > PAGE else "",
    }
    return show(request, who, "acts/list.html", context)


def _rows(those: Sequence[audit.Act]) -> list[list[Any]]:
    known = directory.agencies({_agency(act) for act in those})
    names = {id_: pages.either(agency.name) for id_, agency in known.items()}
    return [
        [pages.show_moment(act.at), _sentence(act), names.get(_agency(act), _agency(act))] for act in those
    ]


def _agency(act: audit.Act) -> str:
    return str(act.facts.get("officer_agency", ""))


def _sentence(act: audit.Act) -> Markup | str:
    words = _(SENTENCES.get(act.event, act.event))
    page = next((page for start, page in PAGES.items() if act.event.startswith(start)), None)
    if page is None:
        return words
    return Markup('<a href="{}">{}</a>').format(reverse(page, args=[act.subject]), words)
