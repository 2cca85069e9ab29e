"""Each view translates a request into one call through the door of documents, and the answer back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panjereh.domain.documents import api
from panjereh.plumbing import edge
from panjereh.web.citizen.documents import shown
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound

PAGE = 20


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List the person's documents, newest first."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    rows = api.documents_of(actor, at=edge.now(), limit=PAGE + 1, before=_before(request))
    older = f"{reverse('citizen:documents')}?before={rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    context = {
        "cards": [shown.card(row) for row in rows[:PAGE]],
        "older": older,
        "is_first": "before" not in request.GET,
    }
    return render(request, "documents/list.html", context)


@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Show one document. While it is being made, wait a moment and then let the page refresh itself."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    edge.wait_until(lambda: _is_settled(document_id, actor))
    view = api.document_of(document_id, actor=actor, at=edge.now())
    return render(request, "documents/document.html", {"document": view} | shown.state_of(view))


@require_safe
def document_file(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Give the signed file to be saved, never to be kept by anything on the way."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    file = api.document_file(document_id, actor=actor, at=edge.now())
    response = HttpResponse(file.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _before(request: HttpRequest) -> UUID | None:
    """Return the place to go on from. Raises `NotFound` for what is no identifier."""
    text = request.GET.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound from error


def _is_settled(document_id: UUID, actor: Actor) -> bool:
    view = api.document_of(document_id, actor=actor, at=edge.now())
    return view.state is not api.DocumentState.REQUESTED
