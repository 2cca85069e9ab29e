"""Published services: what the catalogue knows of them, for everybody to read."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.rest.reading import limit_in, page_of, place_in, query_of, shown

_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")


def services(request: HttpRequest) -> HttpResponse:
    """List the services by identifier, of one agency if asked."""
    query = query_of(request, "agency", "after", "limit")
    after, limit = place_in(request, query) or "", limit_in(query)
    agency = query.get("agency")
    cards = [
        card
        for card in catalogue.published_services()
        if card.id > str(after) and agency in (None, card.owner)
    ][: limit + 1]
    owners = directory.agencies({card.owner for card in cards})
    return shown(
        request,
        page_of(request, query, cards, key=lambda card: card.id, write=lambda card: _written(card, owners)),
    )


def search(request: HttpRequest) -> HttpResponse:
    """Find services by words, best first; what is asked is not kept."""
    query = query_of(request, "q", "limit")
    found = catalogue.search(query.get("q", ""), limit=limit_in(query))
    owners = directory.agencies({card.owner for card in found})
    return shown(request, {"items": [_written(card, owners) for card in found]})


def service(request: HttpRequest, service_id: str) -> HttpResponse:
    """Tell one service. Raises `ServiceUnknown`."""
    query_of(request)
    if not _IDENTIFIER.fullmatch(service_id):
        raise catalogue.ServiceUnknown
    card = catalogue.service(service_id)
    return shown(request, _written(card, directory.agencies({card.owner})))


def _written(card: catalogue.ServiceCard, owners: Mapping[str, directory.Agency]) -> dict[str, Any]:
    address = f"{settings.PANJEREH.public_url}/services/{card.id}/"
    return {
        "id": card.id,
        "version": card.version,
        "title": dict(card.title),
        "summary": dict(card.summary),
        "agency": {"id": card.owner, "name": dict(owners[card.owner].name)},
        "fee_rial": card.fee_rial,
        "visits": card.visits,
        "limit": {"days": card.promise.days, "kind": card.promise.kind.value, "is_law": card.promise.is_law}
        if card.promise
        else None,
        "page": address,
        "linked_data": f"{address}service.jsonld",
    }
