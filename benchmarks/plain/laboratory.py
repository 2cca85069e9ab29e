"""The pages of the laboratory of indices as any Django project would have them.

The rules (what a verdict says, what a what-if gives, how a question is read) are the platform's own.
"""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from benchmarks.plain import charts, promises, scores
from benchmarks.plain.index_models import IndexCountry, IndexEdition, IndexTarget, RawValue, Score
from benchmarks.plain.scores import SURVEY
from panjereh.domain.indices import api as indices
from panjereh.plumbing import edge, pages
from panjereh.web.oversight.index_data import others as known_others
from panjereh.web.oversight.indices import asked as typed
from panjereh.web.oversight.indices import words
from panjereh.web.oversight.indices.reading import HOME
from panjereh_kernel.jalali import tehran_date
from panjereh_kernel.sorting import sort_key

PAGE = 50


@require_safe
def others(request: HttpRequest) -> HttpResponse:
    """List the other indices with the country's place in the last edition of each."""
    latest = list(IndexEdition.objects.exclude(index=SURVEY).order_by("index", "-year").distinct("index"))
    ranked = Score.objects.filter(edition__in=latest, is_ranked=True)
    counts = dict(ranked.order_by().values_list("edition").annotate(states=Count("pk")))
    own = {score.edition_id: score for score in ranked.filter(country_id=HOME)}
    context = {
        "rows": [(edition, counts[edition.id], own.get(edition.id)) for edition in latest],
        "country": get_object_or_404(IndexCountry, iso3=HOME),
        "missing": known_others._missing(),  # noqa: SLF001 -- words, which are the same on both pages
    }
    return render(request, "plain/lab/others.html", context)


@require_safe
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """Show one state through all editions."""
    found = get_object_or_404(IndexCountry, iso3=iso3)
    known = scores.editions()
    rows = list(scores.with_ranks(iso3))
    if not rows:
        raise Http404
    latest = rows[-1]
    context = {
        "country": found,
        "latest": latest,
        "before": rows[-2] if len(rows) > 1 else None,
        "level": words.level_names()[indices.level_of(latest.egdi or 0.0)],
        "among": scores.mean_and_count(latest.edition_id),
        "columns": [(int(each.year), pages.digits(each.year)) for each in known],
        "values": charts.series(known, rows, Score.PARTS, ranks=False),
        "ranks": charts.series(known, rows, Score.PARTS, ranks=True),
        "breaks": charts.breaks(known),
        "rows": rows[::-1],
        "countries": sorted(scores.names_in(known[-1]), key=lambda each: sort_key(each[1])),
        "standstills": scores.standstills(rows),
        "restated": scores.restated([row.edition.year for row in rows], iso3=iso3),
        "raw": _latest_raw(iso3),
        "part_names": words.part_names(),
    }
    return render(request, "plain/lab/country.html", context)


def _latest_raw(iso3: str) -> list[tuple[str, RawValue]]:
    """Return the name of each raw indicator of a state with its latest value."""
    latest = (
        RawValue.objects.filter(iso3=iso3)
        .order_by("indicator", "-year", "-revision")
        .distinct("indicator")
        .select_related("source")
    )
    found = {row.indicator: row for row in latest}
    return [(name, found[indicator]) for indicator, name in words.raw_names().items() if indicator in found]


@require_safe
def edition(request: HttpRequest, edition: str) -> HttpResponse:
    """Show all states of an edition by rank, fifty on a page."""
    one = get_object_or_404(IndexEdition, index=SURVEY, year=edition)
    ranked = one.scores.filter(is_ranked=True).order_by("rank", "-egdi", "country_id")
    places = list(ranked.values_list("country_id", "egdi"))
    first = int(request.GET.get("from", "0"))
    if not 0 <= first < len(places):
        raise Http404
    values = sorted(value for _iso3, value in places)
    home = next((place for place, (iso3, _value) in enumerate(places) if iso3 == HOME), None)
    home_page = None if home is None else home - home % PAGE
    context = {
        "edition": one,
        "rows": ranked.select_related("country")[first : first + PAGE],
        "first": first,
        "next": first + PAGE if first + PAGE < len(places) else 0,
        "count": len(places),
        "mean": sum(values) / len(values),
        "strip": charts.strip(values, _marked(places)),
        "levels": _levels(values),
        "explained": one.scores.filter(needs_explaining=True)
        .select_related("country")
        .order_by("country_id"),
        "restated": scores.restated([edition]),
        "years": IndexEdition.objects.filter(index=SURVEY).order_by("-year").values_list("year", flat=True),
        "home": get_object_or_404(IndexCountry, iso3=HOME),
        "home_page": None if home_page == first else home_page,
        "parts": words.short_names(),
    }
    return render(request, "plain/lab/edition.html", context)


def _marked(places: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return the country, the first and the last of an edition by name."""
    values = dict(places)
    chosen = [iso3 for iso3 in dict.fromkeys((HOME, places[0][0], places[-1][0])) if iso3 in values]
    rows = IndexCountry.objects.in_bulk(chosen)
    return [(rows[iso3].name, values[iso3]) for iso3 in chosen]


def _levels(values: list[float]) -> list[tuple[str, int, float]]:
    counted = [indices.level_of(value) for value in values]
    found = [(name, counted.count(indices.Level(level))) for level, name in words.level_names().items()]
    return [(name, count, charts.share(count, len(values))) for name, count in found]


@require_safe
def check(request: HttpRequest, edition: str, iso3: str) -> HttpResponse:
    """Recompute one published figure step by step."""
    one = get_object_or_404(IndexEdition, index=SURVEY, year=edition)
    table, part = scores.table(one), request.GET.get("part", SURVEY)
    try:
        found = indices.check_figure(table, iso3, part)
    except (indices.StateNotRanked, indices.PartUnknown) as error:
        raise Http404 from error
    values, names = table.row(iso3).values, words.part_names()
    above = [str(each) for step in found.steps if (each := step.inputs.get("next_above"))]
    states = IndexCountry.objects.in_bulk(
        {iso3, *above, *(each for step in found.steps for each in step.tied)}
    )
    context = {
        "check": found,
        "edition": one,
        "country": states[iso3],
        "part": part,
        "part_name": names[part],
        "values": [(each, names[each], values[each]) for each in names if each in values],
        "beyond": [(names[each], value) for each, value in values.items() if value > 1],
        "weights": [
            (names[each], weight, float(weight), values[each], float(weight) * values[each])
            for each, weight in table.method.weights.items()
        ],
        "tolerance": table.method.tolerance,
        "steps": [(step, [states[each].name for each in step.tied]) for step in found.steps],
        "next_above_name": next((states[each].name for each in above), ""),
        "is_tied": any(step.outcome == "tied" for step in found.steps),
        "level": words.level_names()[indices.level_of(table.value(iso3))],
        "restated": scores.restated([edition], iso3=iso3),
    }
    return render(request, "plain/lab/check.html", context)


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """Show every target with its path and its verdict."""
    rows = list(IndexTarget.objects.order_by("code"))
    known = scores.editions()
    tables = promises.tables_for(rows, known)
    today = tehran_date(timezone.now())
    context = {
        "standings": [promises.standing(row, tables, known, on=today) for row in rows],
        "part_names": words.part_names(),
    }
    return render(request, "plain/lab/targets.html", context)


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Try other values of a state's parts, and ask what some places would take."""
    iso3 = request.GET.get("country") or HOME
    ranking = scores.editions_ranking(iso3)
    chosen = request.GET.get("edition") or next(iter(ranking), "")
    if chosen not in ranking:
        raise Http404
    table = scores.table(ranking[chosen])
    # The fits are computed once and kept, as they are on the page this one stands beside.
    raw_parts = indices.raw_parts(SURVEY, chosen)
    asked = typed.read(request.GET, table, iso3, raw_parts)
    countries = sorted(scores.names_in(ranking[chosen]), key=lambda each: sort_key(each[1]))
    names = dict(countries)
    context: dict[str, Any] = {
        "iso3": iso3,
        "edition": chosen,
        "country": names[iso3],
        "count": len(table.ranked),
        "asked": asked,
        "fields": _fields(table, iso3),
        "raw_parts": [_raw_fields(each, table, iso3) for each in raw_parts],
        "editions": [(each, pages.digits(each)) for each in ranking],
        "countries": countries,
        "id": str(edge.new_id()),
    }
    if not asked.faults:
        earlier = IndexEdition.objects.filter(index=SURVEY, year__lt=chosen).order_by("-year").first()
        context |= _tried(table, earlier and scores.table(earlier), iso3, asked, names)
    return render(request, "plain/lab/what_if.html", context, status=422 if asked.faults else 200)


def _fields(table: indices.EditionTable, iso3: str) -> dict[str, Any]:
    names, values = words.part_names(), table.row(iso3).values
    groups = words.question_groups()
    return {
        "parts": [(part, names[part], values[part]) for part in table.method.parts],
        "shares": [(name, groups[name]) for name in table.method.osi_subindices or {}],
        "epi": names["epi"],
    }


def _raw_fields(raw: indices.RawPart, table: indices.EditionTable, iso3: str) -> dict[str, Any]:
    names, reason = words.indicator_names(), raw.reason_against(iso3)
    return {
        "title": words.part_names()[raw.part],
        "reason": str(reason or ""),
        "rows": [
            (each, names[each.id], raw.known[iso3][each.id], raw.fit.coefficients[each.id])
            for each in raw.indicators
            if reason is None and raw.fit
        ],
        "missing": [names[each] for each in raw.missing],
        "is_unconfirmed": table.method.weight_states[raw.part] == "unconfirmed",
    }


def _tried(
    table: indices.EditionTable,
    earlier: indices.EditionTable | None,
    iso3: str,
    asked: typed.Asked,
    names: dict[str, str],
) -> dict[str, Any]:
    estimates = indices.estimates(SURVEY, table.edition, iso3, asked.raw)
    ranged = indices.try_ranged(table, iso3, asked.changes, estimates, weights=asked.weights)
    need = indices.need_for(table, iso3, places=asked.places)
    drift = indices.median_drift(earlier, table) if earlier else None
    lifts = indices.lifts(table, iso3, gap=need.gap)
    mix = indices.cheapest_mix(table, iso3, gap=need.gap, costs=asked.costs, caps=asked.caps)
    rise = next((each.after - each.before for each in lifts if each.part == "osi"), 0.0)
    parts, values, groups = words.part_names(), table.row(iso3).values, words.question_groups()
    answers = indices.answers_for(table.method, rise=rise, shares=asked.shares)
    return {
        "ranged": ranged,
        "tried": ranged.tried,
        "tried_parts": [(parts[part], placed) for part, placed in ranged.tried.parts.items()],
        "sides": [
            (_("States it would pass"), [names[each] for each in ranged.tried.passed]),
            (_("States that would pass it"), [names[each] for each in ranged.tried.passed_by]),
        ],
        "need": need,
        "holder": names[need.holder],
        "drift": drift,
        "rising": drift and indices.need_for(table, iso3, places=asked.places, drift=drift),
        "lifts": [(parts[each.part], each) for each in lifts],
        "mix": mix,
        "rises": [(parts[part], values[part], values[part] + up, up) for part, up in mix.rises.items()],
        "answers": [(groups[each.yardstick.subindex or ""], each) for each in answers],
    }
