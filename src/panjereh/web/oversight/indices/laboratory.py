"""What if: other values, and what a better place would take. The address holds the whole question.

A browser with scripts asks the same address again while somebody types (htmx) and is given the result alone.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import edge, pages
from panjereh.plumbing.headers import PAGE_POLICY
from panjereh.web.oversight.indices import asked as typed
from panjereh.web.oversight.indices import words
from panjereh.web.oversight.indices.reading import (
    INDEX,
    edition_of,
    editions_ranking,
    state_of,
    tables,
)
from panjereh_kernel.sorting import sort_key

UNPROCESSABLE = 422
_LIVE = "HX-Request"


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Try other values of a state's parts in an edition, and ask what some places would take."""
    iso3 = state_of(request)
    ranking = editions_ranking(iso3)
    edition = edition_of(request, among=ranking)
    table, raw_parts = indices.edition_table(INDEX, edition), indices.raw_parts(INDEX, edition)
    asked = typed.read(request.GET, table, iso3, raw_parts)
    names = words.country_names()
    context: dict[str, object] = {
        "iso3": iso3,
        "edition": edition,
        "table": table,
        "asked": asked,
        "names": names,
        "parts": words.part_names(),
        "groups": words.question_groups(),
        "indicators": words.indicator_names(),
        "raw_parts": raw_parts,
        "editions": [(each, pages.digits(each)) for each in ranking],
        "countries": sorted(
            ((each, names[each]) for each in table.ranked), key=lambda each: sort_key(each[1])
        ),
        "values": table.row(iso3).values,
        "id": str(edge.new_id()),
    }
    if not asked.faults:
        context |= _tried(table, iso3, asked)
    return _answer(request, context, is_faulty=bool(asked.faults))


def _answer(request: HttpRequest, context: dict[str, object], *, is_faulty: bool) -> HttpResponse:
    if request.headers.get(_LIVE):
        response = render(request, "indices/what_if_live.html", context)
        response["Cache-Control"] = "no-store"
    else:
        status = UNPROCESSABLE if is_faulty else None
        response = render(request, "indices/what_if.html", context, status=status)
        # The one page whose script asks the server.
        policy = PAGE_POLICY.format(idp=settings.PANJEREH.idp_issuer)
        response["Content-Security-Policy"] = f"{policy}; connect-src 'self'"
    # The same address has two answers: nothing that keeps one may give it for the other.
    patch_vary_headers(response, [_LIVE])
    return response


def _tried(table: indices.EditionTable, iso3: str, asked: typed.Asked) -> dict[str, object]:
    found = indices.estimates(INDEX, table.edition, iso3, asked.raw)
    need = indices.need_for(table, iso3, places=asked.places)
    before = next((each for each in reversed(tables()) if int(each.edition) < int(table.edition)), None)
    drift = indices.median_drift(before, table) if before else None
    lifts = indices.lifts(table, iso3, gap=need.gap)
    rise = next((each.after - each.before for each in lifts if each.part == "osi"), 0.0)
    return {
        "ranged": indices.try_ranged(table, iso3, asked.changes, found, weights=asked.weights),
        "need": need,
        "drift": drift,
        "rising": None if drift is None else indices.need_for(table, iso3, places=asked.places, drift=drift),
        "lifts": lifts,
        "mix": indices.cheapest_mix(table, iso3, gap=need.gap, costs=asked.costs, caps=asked.caps),
        "answers": indices.answers_for(table.method, rise=rise, shares=asked.shares),
    }
