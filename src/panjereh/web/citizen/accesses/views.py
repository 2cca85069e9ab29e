"""The page on which a person sees every look at their data, and every refused one."""

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import edge
from panjereh.web.citizen.accesses import shown
from panjereh_kernel.actor import Role
from panjereh_kernel.refusal import NotFound


@require_GET
def accesses(request: HttpRequest) -> HttpResponse:
    """Show one page of looks, newest first."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(f"{reverse('citizen:sign_in')}?{urlencode({'next': request.path})}")
    looks = disclosure.looks_at(actor=actor, before=_instant(request.GET.get("before")))
    context = {"looks": [shown.look(each) for each in looks], "page_size": disclosure.LOOKS_PAGE}
    return render(request, "accesses/list.html", context)


@require_GET
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Hand the person one receipt as a file that proves itself, to whomever they want to show it."""
    actor = edge.actor_of(request)
    if actor.subject_id is None:
        raise NotFound
    evidence = exchange.receipt_evidence(receipt_id, subject_id=actor.subject_id)
    answer = HttpResponse(evidence, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{receipt_id}.json"'
    return answer


def _instant(text: str | None) -> dt.datetime | None:
    if not text:
        return None
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        raise NotFound from None
    if instant.tzinfo is None:
        raise NotFound
    return instant
