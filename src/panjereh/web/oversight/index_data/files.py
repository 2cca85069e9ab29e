"""What can be carried away: every file with its size, licence, source and digest."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.index_data import words

KB = 1024
ROUTES = {
    ("edition", "text/csv"): "rest:index_values",
    ("edition", "application/json"): "rest:index_edition_file",
    ("index", "text/csv"): "rest:index_file",
    ("raw", "text/csv"): "rest:index_raw_file",
    ("questions", "text/csv"): "rest:index_questions_file",
}


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show what can be taken away, and where it was taken from."""
    context = {
        "sets": [_shown(each) for each in indices.data_sets()],
        "sources": list(indices.sources().values()),
    }
    return render(request, "index_data/data.html", context)


def _shown(found: indices.DataSet) -> dict[str, Any]:
    sources = [indices.sources()[each] for each in found.sources]
    return {
        "title": _title(found),
        "files": [
            {
                "name": file.name,
                "kind": "CSV" if file.media == "text/csv" else "JSON",
                "href": reverse(ROUTES[found.kind, file.media], args=found.key),
                "size": _("%(size)s KB") % {"size": pages.show_number(max(file.size / KB, 0.1), 1)},
                "sha256": file.sha256,
            }
            for file in found.files
        ],
        "sources": " ".join(found.sources),
        "licences": sorted({words.licence(each.licence) for each in sources}),
    }


def _title(found: indices.DataSet) -> str:
    if found.kind == "raw":
        return _("Raw indicators of states")
    if found.kind == "questions":
        return words.question_sets()[found.key[0]]
    title = pages.either(indices.editions(found.key[0])[-1].title)
    if found.kind == "index":
        return _("%(index)s: all editions") % {"index": title}
    return f"{title} {pages.digits(found.key[1])}"
