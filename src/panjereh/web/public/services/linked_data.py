"""A service in the words of schema.org, for programs. It says nothing that the pack does not say."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils import translation

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.web.laws import cite


def service(pack: catalogue.Pack, *, root: str) -> dict[str, object]:
    """Return the document. `root` is the address of this installation, with a slash at its end."""
    with translation.override("fa"):
        address = root.rstrip("/") + reverse("public:service", args=[pack.id])
    agency = directory.agency(pack.owner)
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": address,
        "url": address,
        "identifier": pack.id,
        "version": pack.version,
        "dateModified": pack.reviewed_on.isoformat(),
        "name": _both(pack.title),
        "description": _both(pack.summary),
        "serviceOperator": {
            "@type": "GovernmentOrganization",
            "identifier": agency.id,
            "name": _both(agency.name),
        },
        "serviceOutput": [
            {"@type": "DigitalDocument", "name": _both(output.title)} for output in pack.outputs
        ],
        "offers": {"@type": "Offer", "price": pack.fee.rial, "priceCurrency": "IRR"},
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": address},
        # What is only assumed is left out: a program would take it for law.
        "isBasedOn": [
            {
                "@type": "Legislation",
                "name": _both(law.title),
                **({"legislationIdentifier": law.article} if law.article else {}),
            }
            for law in cite(pack.laws)
            if law.certainty.is_law
        ],
    }


def _both(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in texts.items()]
