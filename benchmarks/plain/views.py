"""The three pages as any Django project would have them."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from benchmarks.plain.clock import clock_of
from benchmarks.plain.models import Case, Condition, DailyCount, Evidence, FigureCursor, Law, Service
from benchmarks.plain.words import DISCARDED, EARLIER, LATER, TEXTS
from panjereh.plumbing import pages, sealing
from panjereh_kernel import jalali

PAGE = 20
FIGURE = "cases-by-state-and-day"
DAYS = 30
A_WHILE_S = 120


@require_safe
def service(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show everything about one service."""
    services = Service.objects.select_related("owner").prefetch_related(
        "states",
        "outputs",
        "remedies",
        "conditions",
        Prefetch("evidence", Evidence.objects.select_related("holder", "fails", "instrument")),
        Prefetch("laws", Law.objects.select_related("instrument")),
    )
    one = get_object_or_404(services, id=service_id)
    context = {
        "service": one,
        "laws": [law for law in one.laws.all() if law.is_law],
        "assumptions": [law for law in one.laws.all() if not law.is_law],
        "figure": FIGURE,
        "practice": _practice(one),
    }
    return render(request, "plain/service.html", context)


def _practice(service: Service) -> dict[str, Any]:
    """Return what happened to requests in the last thirty days, and when it was counted."""
    today = jalali.tehran_date(timezone.now())
    counts = (
        DailyCount.objects.filter(
            figure=FIGURE, service=service, on__range=(today - dt.timedelta(days=DAYS - 1), today)
        )
        .values_list("state")
        .annotate(total=Sum("count"))
    )
    return {"counts": dict(counts), "cursor": FigureCursor.objects.filter(figure=FIGURE).first()}


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the person's cases, newest first."""
    if "subject_id" not in request.session:
        return redirect("citizen:sign_in")
    rows = Case.objects.filter(subject_id=request.session["subject_id"])
    if "before" in request.GET:
        rows = rows.filter(id__lt=UUID(request.GET["before"]))
    rows = rows.select_related("service").prefetch_related("service__states").order_by("-id")[: PAGE + 1]
    found = list(rows)
    context = {
        "cases": found[:PAGE],
        "older": found[PAGE - 1].id if len(found) > PAGE else None,
        "is_first": "before" not in request.GET,
    }
    return render(request, "plain/cases.html", context)


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show one case of the person."""
    if "subject_id" not in request.session:
        return redirect("citizen:sign_in")
    one = get_object_or_404(
        Case.objects.select_related("service__owner", "decision", "calendar").prefetch_related(
            "service__states"
        ),
        id=case_id,
        subject_id=request.session["subject_id"],
    )
    rows, earlier = _timeline(one)
    context = {
        "case": one,
        "clock": clock_of(one, jalali.tehran_date(timezone.now())),
        "rows": rows,
        "earlier": earlier,
        "answers": _count_answers(one),
        "reasons": _reasons(one),
        "document": one.documents.defer("sealed_pdf").order_by("-id").first(),
    }
    return render(request, "plain/case.html", context)


def _reasons(case: Case) -> list[Condition]:
    if case.state != "refused":
        return []
    failed = [each["id"] for each in case.decision.conditions if each["finding"] == "failed"]
    return list(case.service.conditions.select_related("instrument").filter(code__in=failed))


def _count_answers(case: Case) -> int:
    if case.sealed_answers is None:
        return 0
    answers = json.loads(sealing.unseal(case.subject_id, "case.answers", case.sealed_answers))
    return len([value for value in answers.values() if value])


def _timeline(case: Case) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what happened since the submission and before it, each newest first."""
    later: list[dict[str, Any]] = []
    earlier: list[dict[str, Any]] = []
    for act in case.acts.all()[:50]:
        if act.event in EARLIER:
            earlier.append({"title": _(EARLIER[act.event]), "at": act.at})
        else:
            is_discarded = act.event == "withdraw" and case.submitted_at is None
            later.append(
                {
                    "look": "held" if act.event == "document-failed" else "" if later else "now",
                    "title": _(DISCARDED if is_discarded else LATER[act.event]),
                    "at": act.at,
                    "text": _registers(case) if act.event == "submit" else _(TEXTS.get(act.event, "")),
                }
            )
    return later, earlier


def _registers(case: Case) -> str:
    """Return how many registers answered and how fast."""
    facts = list(case.facts.exclude(state="discarded").only("case", "asked_at", "answered_at"))
    answered = [fact.answered_at for fact in facts if fact.answered_at]
    if not answered:
        return ""
    seconds = max(1, round((max(answered) - min(fact.asked_at for fact in facts)).total_seconds()))
    count = {"num": pages.digits(len(answered))}
    if seconds >= A_WHILE_S:
        return ngettext("%(num)s register answered.", "%(num)s registers answered.", len(answered)) % count
    registers = ngettext("%(num)s register", "%(num)s registers", len(answered)) % count
    time = ngettext("%(num)s second", "%(num)s seconds", seconds) % {"num": pages.digits(seconds)}
    return _("%(registers)s answered in %(time)s.") % {"registers": registers, "time": time}
