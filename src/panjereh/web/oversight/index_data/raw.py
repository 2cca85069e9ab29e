"""The public series behind the parts of the index: a state by year, each value with its source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.indices import told, words
from panjereh_kernel.refusal import NotFound


@require_safe
def series(request: HttpRequest, iso3: str) -> HttpResponse:
    """Show the raw indicators of a state, and one of them through the years."""
    known = {each.indicator: each for each in indices.raw_series(iso3)}
    chosen = request.GET.get("indicator") or next((each for each in words.raw_names() if each in known), "")
    if chosen not in known:
        raise NotFound
    one = known[chosen]
    context = {
        "iso3": iso3,
        "country": words.country_names()[iso3],
        "chosen": chosen,
        "names": words.raw_names(),
        "raw": told.latest_raw(iso3),
        "columns": [(year, pages.digits(year)) for year in one.values],
        "values": list(one.values.values()),
        "sources": [indices.sources()[each] for each in dict.fromkeys(one.sources.values())],
    }
    return render(request, "index_data/raw.html", context)
