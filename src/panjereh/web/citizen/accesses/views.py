"""The page on which a person sees every look at their data, and every refused one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import edge
from panjereh.web.citizen.accesses import shown
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel.actor import Role
from panjereh_kernel.refusal import NotFound


@require_safe
def accesses(request: HttpRequest) -> HttpResponse:
    """Show one page of looks, newest first."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    place = _place(request.GET.get("before", ""))
    looks = disclosure.looks_at(actor=actor, place=place, limit=disclosure.LOOKS_PAGE + 1)
    page, has_more = looks[: disclosure.LOOKS_PAGE], len(looks) > disclosure.LOOKS_PAGE
    context = {"looks": shown.looks(page), "older": _written(place.after(page)) if has_more else ""}
    return render(request, "accesses/list.html", context)


@require_safe
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Hand the person one receipt as a file that proves itself, to whomever they want to show it."""
    actor = edge.actor_of(request)
    if actor.subject_id is None:
        return redirect(sign_in_path(request.get_full_path()))
    evidence = exchange.receipt_evidence(receipt_id, subject_id=actor.subject_id)
    answer = HttpResponse(evidence, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{receipt_id}.json"'
    return answer


def _written(place: disclosure.LooksPlace) -> str:
    """Return a place as it stands in an address: two identifiers, either may be empty."""
    return f"{place.receipt_id or ''}.{place.access_id or ''}"


def _place(text: str) -> disclosure.LooksPlace:
    """Return the place in an address. Raises `NotFound` for what is none."""
    if not text:
        return disclosure.LooksPlace()
    receipt, separator, access = text.partition(".")
    if not separator:
        raise NotFound
    try:
        return disclosure.LooksPlace(UUID(receipt) if receipt else None, UUID(access) if access else None)
    except ValueError as error:
        raise NotFound from error
