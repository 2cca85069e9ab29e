"""What practice phones received. In production there is no such page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panjereh.domain.messaging import api as messaging
from panjereh_kernel.identifiers import Mobile
from panjereh_kernel.refusal import NotFound

NEWEST = 50


@require_safe
def practice_outbox(request: HttpRequest) -> HttpResponse:
    """Show the newest text messages. Raises `NotFound` outside the practice profile."""
    if not settings.PANJEREH.is_practice:
        raise NotFound
    rows = [(Mobile(row.mobile).national, row) for row in messaging.practice_outbox(limit=NEWEST)]
    response = render(request, "practice_outbox/list.html", {"rows": rows, "newest": NEWEST})
    response.headers["Cache-Control"] = "no-store"
    return response
