"""The list of messages, and one message. Opening one is the act of reading it, so that page writes."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from panjereh.domain.messaging import api as messaging
from panjereh.plumbing import edge, pages
from panjereh.plumbing.read_only import writes_on_get
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel.refusal import NotFound

PAGE = 20
# Hyphenated digits turn over inside a Persian line, so the page isolates them.
CODE = re.compile(r"([0-9]+(?:-[0-9]+)+)")


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the newest messages, or those after `?before=`."""
    actor = edge.actor_of(request)
    if actor.subject_id is None:
        return redirect(sign_in_path(request.get_full_path()))
    rows = messaging.inbox(actor, limit=PAGE + 1, before=_before(request))
    older = f"{reverse('citizen:inbox')}?before={rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    context = {
        "rows": [_row(each) for each in rows[:PAGE]],
        "older": older,
        "is_first": "before" not in request.GET,
    }
    return render(request, "inbox/list.html", context)


@writes_on_get
@require_GET
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Show one message; the first time is noted, because limits of law run from it."""
    actor = edge.actor_of(request)
    if actor.subject_id is None:
        return redirect(sign_in_path(request.get_full_path()))
    found = messaging.read_message(message_id, actor=actor, at=edge.now())
    context = {"message": found, "lines": [CODE.split(line) for line in found.body]}
    return render(request, "inbox/message.html", context)


def _row(one: messaging.MessageView) -> tuple[str, str, str, str, str, bool]:
    return (
        reverse("citizen:message", args=[one.id]),
        one.title,
        _("Panjereh"),
        pages.show_moment(one.posted_at),
        one.posted_at.isoformat(),
        one.read_at is None,
    )


def _before(request: HttpRequest) -> UUID | None:
    """Return the place to go on from. Raises `NotFound` for what is no identifier."""
    text = request.GET.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound from error
