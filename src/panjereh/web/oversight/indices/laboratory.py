"""What if: other values, and what a better place would take. The address holds the whole question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import edge, pages
from panjereh.web.oversight.indices import asked as typed
from panjereh.web.oversight.indices import words
from panjereh.web.oversight.indices.reading import (
    INDEX,
    edition_of,
    editions_ranking,
    state_of,
    tables,
)

UNPROCESSABLE = 422


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Try other values of a state's parts in an edition, and ask what some places would take."""
    iso3 = state_of(request)
    ranking = editions_ranking(iso3)
    edition = edition_of(request, among=ranking)
    table = indices.edition_table(INDEX, edition)
    asked = typed.read(request.GET, table, iso3)
    names = words.country_names()
    context: dict[str, object] = {
        "iso3": iso3,
        "edition": edition,
        "table": table,
        "asked": asked,
        "names": names,
        "parts": words.part_names(),
        "short": words.short_names(),
        "groups": words.question_groups(),
        "editions": [(each, pages.digits(each)) for each in ranking],
        "countries": sorted(((each, names[each]) for each in table.ranked), key=lambda each: each[1]),
        "values": table.row(iso3).values,
        "id": str(edge.new_id()),
    }
    if not asked.faults:
        context |= _tried(table, iso3, asked)
    return render(request, "indices/what_if.html", context, status=UNPROCESSABLE if asked.faults else None)


def _tried(table: indices.EditionTable, iso3: str, asked: typed.Asked) -> dict[str, object]:
    tried = indices.try_changes(table, iso3, asked.changes, weights=asked.weights)
    need = indices.need_for(table, iso3, places=asked.places)
    before = next((each for each in reversed(tables()) if int(each.edition) < int(table.edition)), None)
    drift = indices.median_drift(before, table) if before else None
    lifts = indices.lifts(table, iso3, gap=need.gap)
    rise = next((each.after - each.before for each in lifts if each.part == "osi"), 0.0)
    return {
        "tried": tried,
        "need": need,
        "drift": drift,
        "rising": None if drift is None else indices.need_for(table, iso3, places=asked.places, drift=drift),
        "lifts": lifts,
        "mix": indices.cheapest_mix(table, iso3, gap=need.gap, costs=asked.costs, caps=asked.caps),
        "answers": indices.answers_for(table.method, rise=rise),
    }
