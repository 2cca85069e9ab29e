"""What can be carried away, as a catalogue of data sets: DCAT 3 with what its profile DCAT-AP asks for."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_noop

from panjereh.domain.directory import api as directory
from panjereh.domain.indices import api as indices
from panjereh.rest.operation import CSV

Address: TypeAlias = Callable[..., str]
CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SHA256: Final = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
# A licence by its name in the list of SPDX; what is a sentence is told as rights alone.
_LICENCE = re.compile(r"(CC|CC0|Unicode)-[A-Za-z0-9.-]+")
TITLES: Final = {
    "raw": gettext_noop("Raw indicators of states"),
    "osi-2024": gettext_noop("Questions about national portals, 2024"),
    "losi-2024": gettext_noop("Questions about portals of cities, 2024"),
}
ABOUT: Final = {
    "edition": gettext_noop("Published values and ranks of all states in one edition."),
    "index": gettext_noop("Published values and ranks of all states in all editions."),
    "raw": gettext_noop("Public series from which parts of the index are made, by state and year."),
    "questions": gettext_noop("What the survey asks of portals, in short titles of our own."),
}
# The operation behind each file; its key stands in the address.
_ROUTES: Final = {
    ("edition", CSV): "index_values",
    ("index", CSV): "index_file",
    ("raw", CSV): "index_raw_file",
    ("questions", CSV): "index_questions_file",
}


def catalogue(*, address: Address) -> bytes:
    """Return everything that can be carried away as data sets with their files."""
    sources = indices.sources()
    about = {
        "@context": CONTEXT,
        "@id": address("index_catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": _texts(gettext_noop("Published indices of states")),
        "dct:description": _texts(gettext_noop("Indices of states as published, with their sources.")),
        "dct:publisher": _agent(_operator()),
        "dcat:dataset": [
            _data_set(each, [sources[source] for source in each.sources], address)
            for each in indices.data_sets()
        ],
    }
    return json.dumps(about, ensure_ascii=False).encode()


def _data_set(found: indices.DataSet, sources: list[indices.Source], address: Address) -> dict[str, Any]:
    name = "-".join(found.key) or found.kind
    told: dict[str, Any] = {
        "@id": f"{address('index_catalogue')}#{name}" if found.kind == "index" else _place(found, address),
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _title(found),
        "dct:description": _texts(ABOUT[found.kind]),
        "dct:publisher": [_agent(each) for each in dict.fromkeys(one.publisher for one in sources)],
        "dct:source": [f"{each.title}; {each.taken_from} {each.version}".strip() for each in sources],
        "dcat:distribution": [_file(found, each, sources, address) for each in found.files],
    }
    if found.kind == "edition":
        year = {"@type": "xsd:gYear", "@value": found.key[1]}
        told["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": year,
            "dcat:endDate": year,
        }
    return told


def _place(found: indices.DataSet, address: Address) -> str:
    if found.kind == "edition":
        return address("index_edition", *found.key)
    return address(_ROUTES[found.kind, CSV], *found.key)


def _title(found: indices.DataSet) -> list[dict[str, str]]:
    named = TITLES.get(found.key[0] if found.key else found.kind)
    if named is not None:
        return _texts(named)
    title = indices.editions(found.key[0])[-1].title
    return [
        {"@language": language, "@value": " ".join((text, *found.key[1:]))}
        for language, text in title.items()
    ]


def _file(
    found: indices.DataSet, file: indices.DataFile, sources: Iterable[indices.Source], address: Address
) -> dict[str, Any]:
    place = address(_ROUTES.get((found.kind, file.media), "index_edition_file"), *found.key)
    licences = sorted({each.licence for each in sources})
    told: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:accessURL": {"@id": place},
        "dcat:downloadURL": {"@id": place},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": SHA256},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
        },
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": "; ".join(licences)},
    }
    if len(licences) == 1 and _LICENCE.fullmatch(licences[0]):
        told["dct:license"] = {"@id": f"https://spdx.org/licenses/{licences[0]}"}
    return told


def _agent(name: str) -> dict[str, str]:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _operator() -> str:
    """Return the agency that runs this platform, its id where the directory does not know it."""
    agency_id = str(settings.PANJEREH.exchange_client).split("/")[2]
    known = directory.agencies([agency_id])
    return known[agency_id].name["fa"] if agency_id in known else agency_id


def _texts(msgid: str) -> list[dict[str, str]]:
    told = []
    for language in ("fa", "en"):
        with translation.override(language):
            told.append({"@language": language, "@value": translation.gettext(msgid)})
    return told
