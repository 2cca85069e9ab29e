"""Search and service pages: one call through the door of the catalogue each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.web.public.services import shown

MOST = 20


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Search by the words in `q`; without words, list every published service."""
    query = request.GET.get("q", "").strip()
    found = catalogue.search(query, limit=MOST) if query else catalogue.published_services()
    owners = directory.agencies({card.owner for card in found})
    context = {"query": query, "services": found, "owners": owners}
    return render(request, "services/search.html", context)


@require_safe
def service(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show everything about one service. Raises `ServiceUnknown`."""
    return render(request, "services/service.html", shown.service(catalogue.current_pack(service_id)))
