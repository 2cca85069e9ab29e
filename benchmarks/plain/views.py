"""The three pages as any Django project would have them."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from benchmarks.plain.clock import clock_of
from benchmarks.plain.models import Case, Condition, Evidence, Law, Service
from benchmarks.plain.words import DATES, EVENT_WORDS, FACT_WORDS, VALUE_WORDS
from panjereh.plumbing import pages, sealing
from panjereh_kernel import jalali

PAGE = 20


@require_safe
def service(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show everything about one service."""
    services = Service.objects.select_related("owner").prefetch_related(
        "states",
        "outputs",
        "remedies",
        "conditions",
        Prefetch("evidence", Evidence.objects.select_related("holder", "fails")),
        Prefetch("laws", Law.objects.select_related("instrument")),
    )
    one = get_object_or_404(services, id=service_id)
    context = {
        "service": one,
        "laws": [law for law in one.laws.all() if law.is_law],
        "assumptions": [law for law in one.laws.all() if not law.is_law],
    }
    return render(request, "plain/service.html", context)


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
    context = {"cases": found[:PAGE], "older": found[PAGE - 1].id if len(found) > PAGE else None}
    return render(request, "plain/cases.html", context)


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show one case of the person."""
    if "subject_id" not in request.session:
        return redirect("citizen:sign_in")
    one = get_object_or_404(
        Case.objects.select_related("service__owner", "decision").prefetch_related(
            "service__states",
            Prefetch("service__conditions", Condition.objects.select_related("instrument")),
        ),
        id=case_id,
        subject_id=request.session["subject_id"],
    )
    today = jalali.tehran_date(timezone.now())
    failed = {each["id"] for each in one.decision.conditions if each["finding"] == "failed"}
    context = {
        "case": one,
        "clock": clock_of(one, today),
        "acts": [(_(EVENT_WORDS[act.event]), act.at) for act in one.acts.all()[:50]],
        "facts": _facts(one),
        "reasons": [each for each in one.service.conditions.all() if each.code in failed],
        "document": one.documents.defer("sealed_pdf").first() if one.state == "issued" else None,
    }
    return render(request, "plain/case.html", context)


def _facts(case: Case) -> list[dict[str, Any]]:
    evidence = {each.code: each for each in case.service.evidence.select_related("holder")}
    open_one = sealing.opener(case.subject_id)
    facts = []
    for fact in case.facts.exclude(state="discarded").order_by("asked_at", "id"):
        answer = json.loads(open_one("fact.answer", fact.sealed_answer)) if fact.sealed_answer else {}
        fields: dict[str, Any] = {}
        for name, value in answer.items():
            fields |= value if isinstance(value, dict) else {name: value}
        rows = [(_(word), _shown(name, fields[name])) for name, word in FACT_WORDS.items() if name in fields]
        facts.append(
            {
                "requirement": evidence[fact.evidence].requirement,
                "holder": evidence[fact.evidence].holder.name,
                "answered_at": fact.answered_at,
                "found": fields.get("found"),
                "rows": rows,
            }
        )
    return facts


def _shown(name: str, raw: Any) -> str:
    text = str(raw)
    if name in DATES:
        return pages.show_date(dt.date.fromisoformat(text))
    return _(VALUE_WORDS[text]) if text in VALUE_WORDS else pages.digits(text)
