"""Published services: what the catalogue knows of them, for everybody to read."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.rest.operation import Call, Parameter, operation
from panjereh.rest.reading import AFTER, LIMIT, TEXT, limit_in, page_of, place_in
from panjereh.rest.services.shapes import Service, ServiceList, ServicePage

_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")


@operation(
    name="listServices",
    about=gettext_noop("Published services"),
    gives=ServicePage,
    query=(Parameter("agency", gettext_noop("Only of this agency."), TEXT), AFTER, LIMIT),
    is_public=True,
)
def services(call: Call) -> dict[str, Any]:
    """List the services by identifier, of one agency if asked."""
    after, limit = place_in(call) or "", limit_in(call)
    agency = call.query.get("agency")
    cards = [
        card
        for card in catalogue.published_services()
        if card.id > str(after) and agency in (None, card.owner)
    ][: limit + 1]
    owners = directory.agencies({card.owner for card in cards})
    return page_of(call, cards, key=lambda card: card.id, write=lambda card: _written(card, owners))


@operation(
    name="searchServices",
    about=gettext_noop("Find services by words"),
    detail="Forgives keyboards, half-spaces, endings and slips; without words nothing is found. "
    "What is asked is not kept.",
    gives=ServiceList,
    query=(Parameter("q", gettext_noop("Words in Persian or English."), TEXT), LIMIT),
    is_public=True,
)
def search(call: Call) -> dict[str, Any]:
    """Find services by words, best first; what is asked is not kept."""
    found = catalogue.search(call.query.get("q", ""), limit=limit_in(call))
    owners = directory.agencies({card.owner for card in found})
    return {"items": [_written(card, owners) for card in found]}


@operation(
    name="readService",
    about=gettext_noop("One service"),
    gives=Service,
    refuses=(catalogue.ServiceUnknown,),
    is_public=True,
)
def service(call: Call, service_id: str) -> dict[str, Any]:  # noqa: ARG001 -- nothing is asked of it
    """Tell one service. Raises `ServiceUnknown`."""
    if not _IDENTIFIER.fullmatch(service_id):
        raise catalogue.ServiceUnknown
    card = catalogue.service(service_id)
    return _written(card, directory.agencies({card.owner}))


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
