"""Search, the list of all services and the page of one: what the catalogue knows, for everybody to read."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.plumbing import edge
from panjereh.web.public.services import linked_data, listing, shown
from panjereh_kernel import persian

COUNTED = 100
PAGE = 20


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Search by the words in `q`; without words, list every published service."""
    query = request.GET.get("q", "").strip()
    # What is nothing but marks nobody sees is no question.
    return _results(request, query) if persian.normalise(query) else _all(request)


@require_safe
def service(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show everything about one service. Raises `ServiceUnknown`."""
    context = shown.service(catalogue.current_pack(service_id), at=edge.now())
    return render(request, "services/service.html", context)


@require_safe
def service_data(request: HttpRequest, service_id: str) -> JsonResponse:
    """Tell the same to programs, as JSON-LD in the words of schema.org. Raises `ServiceUnknown`."""
    document = linked_data.service(catalogue.current_pack(service_id), root=request.build_absolute_uri("/"))
    return JsonResponse(
        document, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


def _results(request: HttpRequest, query: str) -> HttpResponse:
    is_exact = request.GET.get("exact", "") == "1"
    search = catalogue.search_exactly if is_exact else catalogue.search
    found = search(query, limit=COUNTED + 1)
    page = listing.page_of(found[:COUNTED], request.GET.get("page", ""), size=PAGE)
    context = {
        "query": query,
        "is_exact": is_exact,
        "added": () if is_exact else catalogue.added_words(query),
        "count": min(len(found), COUNTED),
        "is_more": len(found) > COUNTED,
        "page": page,
        "owners": directory.agencies({card.owner for card in page.cards}),
    }
    return render(request, "services/search.html", context)


def _all(request: HttpRequest) -> HttpResponse:
    cards = catalogue.published_services()
    owners = directory.agencies({card.owner for card in cards})
    chosen = listing.owner_in(request.GET.get("agency", ""), owners)
    page = listing.page_of(
        listing.in_order([card for card in cards if chosen in ("", card.owner)]),
        request.GET.get("page", ""),
        size=PAGE,
    )
    context = {
        "page": page,
        "letters": listing.by_letter(page.cards),
        "count": page.count,
        "owners": owners,
        "agencies": listing.agency_choices(owners),
        "chosen": chosen,
    }
    return render(request, "services/list.html", context)
