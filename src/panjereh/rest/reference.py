"""The page for people who write programs: the interface in words, made from the same declarations."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from panjereh.rest.description import refusals_of, routes
from panjereh.rest.operation import Operation

# By the first word of the path.
SUBJECTS = {
    "openapi.json": gettext_noop("The description itself"),
    "services": gettext_noop("Services"),
    "service-search": gettext_noop("Services"),
    "figures": gettext_noop("Figures"),
    "indices": gettext_noop("Published indices"),
    "index-series": gettext_noop("Published indices"),
    "index-files": gettext_noop("Published indices"),
    "index-targets": gettext_noop("Published indices"),
    "index-catalogue.jsonld": gettext_noop("Published indices"),
    "index-assessments": gettext_noop("Published indices"),
    "document-checks": gettext_noop("Check of documents"),
    "document-check-receipts": gettext_noop("Check of documents"),
    "me": gettext_noop("For a person who allows it"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation as the page shows it. `codes` are its refusals by status."""

    method: str
    path: str
    about: str
    anchor: str
    query: list[tuple[str, str]]
    scope: str
    gives: str
    codes: list[tuple[int, list[str]]]


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show every address for programs."""
    shown = [(path.split("/")[1], _shown(path, method, operation)) for path, method, operation in routes()]
    context = {
        "subjects": [
            (_(subject), [each for _word, each in group])
            for subject, group in groupby(shown, key=lambda pair: SUBJECTS[pair[0]])
        ],
        "root": f"{settings.PANJEREH.public_url}/api/v1",
    }
    return render(request, "rest/reference.html", context)


def _shown(path: str, method: str, operation: Operation) -> Shown:
    codes: dict[int, list[str]] = defaultdict(list)
    for refusal in refusals_of(operation):
        codes[int(refusal.status)].append(refusal.code)
    return Shown(
        method=method.upper(),
        path=f"/api/v1{path}",
        about=_(operation.about),
        anchor=operation.name,
        query=[(each.name, _(each.about)) for each in operation.query],
        scope=operation.scope,
        gives=operation.gives.__name__ if operation.gives else operation.media,
        codes=sorted(codes.items()),
    )
