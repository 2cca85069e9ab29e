"""What waits for this officer, and what they may do here."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from panjereh.domain.casework import api as casework
from panjereh.domain.evaluation import api as evaluation
from panjereh.domain.indices import api as indices
from panjereh.domain.people import api as people
from panjereh.domain.upkeep import api as upkeep
from panjereh.plumbing import edge, pages
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh_kernel.actor import OfficerRole

# More than this is said as "more": nobody works off a number.
MOST_COUNTED = 20


@require_safe
@desk_page()
def home(request: HttpRequest, who: Officer) -> HttpResponse:
    """Show where the officer sits, in which roles, and what waits for them."""
    at = edge.now()
    ways = (
        (OfficerRole.GRANTOR, _grants_task),
        (OfficerRole.OPERATOR, _jobs_task),
        (OfficerRole.OPERATOR, _overdue_task),
        (OfficerRole.OPERATOR, _erasures_task),
        (OfficerRole.OPERATOR, _notices_task),
        (OfficerRole.OPERATOR, _editions_task),
    )
    roles = who.post.roles if who.post else frozenset()
    tasks = [task(who, at) for role, task in ways if role in roles]
    tasks += _assessments_tasks(who, at)
    return show(request, who, "desk_home/home.html", {"tasks": tasks})


def _grants_task(who: Officer, at: dt.datetime) -> tuple[str, str, str, str, str]:
    actor = who.actor(purpose="officer-grants")
    rows = people.grants_at(actor=actor, at=at, limit=MOST_COUNTED + 1, only_waiting=True)
    # What the officer asked for or would hold is for other eyes, so it does not wait for theirs.
    waiting = len([row for row in rows if actor.subject_id not in (row.requested_by, row.holder_id)])
    words = ngettext("one request", "%(count)s requests", waiting)
    return (
        f"{reverse('desk:grants')}?only=waiting",
        _("Roles another grantor asked for"),
        _("You look at what would be given, and approve or refuse it."),
        *_mark(waiting, words),
    )


def _jobs_task(who: Officer, at: dt.datetime) -> tuple[str, str, str, str, str]:
    actor = who.actor(purpose="jobs-upkeep")
    failed = upkeep.count_failed_jobs(actor=actor, at=at, most=MOST_COUNTED + 1)
    words = ngettext("one job", "%(count)s jobs", failed)
    return (
        reverse("desk:jobs"),
        _("Jobs that failed"),
        _("You find the cause, and run each again or put it aside."),
        *_mark(failed, words),
    )


def _overdue_task(who: Officer, at: dt.datetime) -> tuple[str, str, str, str, str]:
    actor = who.actor(purpose="case-limits")
    overdue = casework.count_overdue_cases(actor=actor, at=at, most=MOST_COUNTED + 1)
    words = ngettext("one case", "%(count)s cases", overdue)
    return (
        reverse("oversight:figure", args=["cases-past-their-limit"]),
        _("Cases that wait beyond their limit"),
        _("The figures say of which service, and whether for registers, a decision or the document."),
        *_mark(overdue, words),
    )


def _erasures_task(who: Officer, at: dt.datetime) -> tuple[str, str, str, str, str]:
    actor = who.actor(purpose="erasure-orders")
    asked = people.erasure_orders(actor=actor, at=at, limit=MOST_COUNTED + 1, only_asked=True)
    waiting = len([order for order in asked if actor.subject_id not in (order.asked_by, order.subject_id)])
    words = ngettext("one request", "%(count)s requests", waiting)
    return (
        reverse("desk:erasures"),
        _("Erasures another operator asked for"),
        _("You hold each against the paper it rests on, and approve or stop it."),
        *_mark(waiting, words),
    )


def _notices_task(who: Officer, at: dt.datetime) -> tuple[str, str, str, str, str]:
    actor = who.actor(purpose="security-upkeep")
    waiting = upkeep.count_due_notices(actor=actor, at=at, most=MOST_COUNTED + 1)
    words = ngettext("one notice", "%(count)s notices", waiting)
    return (
        reverse("desk:security"),
        _("Breaches whose notices are due"),
        _("You tell those who must be told before their time is over, and note it."),
        *_mark(waiting, words),
    )


def _assessments_tasks(who: Officer, at: dt.datetime) -> list[tuple[str, str, str, str, str]]:
    """Return what waits in assessments, for whoever has a part in one."""
    roles = who.post.roles if who.post else frozenset()
    if not roles & {OfficerRole.OFFICER, OfficerRole.OPERATOR}:
        return []
    found = evaluation.assessments(actor=who.actor(purpose="portal-assessments"), at=at)
    if not found and OfficerRole.OPERATOR not in roles:
        return []
    running = len([each for each in found if each.state is not evaluation.AssessmentState.CLOSED])
    words = ngettext("one assessment", "%(count)s assessments", running)
    text = _("Two answer what the survey asks of a portal, you decide where they differ, and close.")
    if OfficerRole.OPERATOR not in roles:
        text = _("You answer what the survey asks of a portal, unseen by the other assessor.")
    return [(reverse("desk:assessments"), _("Assessments of portals"), text, *_mark(running, words))]


def _editions_task(who: Officer, at: dt.datetime) -> tuple[str, str, str, str, str]:
    actor = who.actor(purpose="index-editions")
    rows = indices.proposals(actor=actor, at=at, limit=MOST_COUNTED + 1, only_waiting=True)
    waiting = len([row for row in rows if actor.subject_id != row.proposed_by])
    words = ngettext("one proposal", "%(count)s proposals", waiting)
    return (
        reverse("desk:editions"),
        _("Editions of indices another operator proposed"),
        _("You hold the figures against the publication, and take them in or turn them down."),
        *_mark(waiting, words),
    )


def _mark(count: int, words: str) -> tuple[str, str]:
    """Return the look and the words of a count."""
    if not count:
        return "good", _("none")
    if count > MOST_COUNTED:
        return "wait", _("more than %(count)s") % {"count": pages.digits(MOST_COUNTED)}
    return "wait", words % {"count": pages.digits(count)}
