"""Where a country stands and why: public pages, made from published values alone."""

from collections.abc import Sequence
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import edge, pages
from panjereh.web.oversight.indices import lines, promises, told, words
from panjereh.web.oversight.indices.reading import (
    HOME,
    INDEX,
    edition_of,
    editions_ranking,
    state_of,
    tables,
)
from panjereh.web.oversight.indices.why import paragraphs_of
from panjereh_kernel.jalali import tehran_date
from panjereh_kernel.refusal import NotFound
from panjereh_kernel.sorting import sort_key

PAGE = 50
MOST_COMPARED = 6
MEMBERS = 3  # of a region, at the least, for a mean that says something


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show where the country stands in the latest edition and how it came there; with no edition say so."""
    known = indices.edition_tables(INDEX)
    if not known:
        return render(request, "indices/none.html")
    if not any(HOME in table.ranked for table in known):
        return redirect("oversight:index_edition", edition=known[-1].edition)
    promised = [each for each in indices.targets(on=tehran_date(edge.now())) if each.target.iso3 == HOME]
    return render(
        request,
        "indices/overview.html",
        {
            **_standing(known, HOME),
            **_moved(known, promised),
            "promised": promised,
            "progress": promises.progress_names(),
            "tags": promises.TAGS,
            "columns": lines.columns_of(known),
            "ranks": lines.rank_rows(known, HOME, ("egdi", "epi")),
            "breaks": lines.breaks_of(known),
            "years": (known[0].edition, known[-1].edition),
            "home": HOME,
            "standstills": told.standstills(known, HOME),
            "steps": [(old.edition, new.edition) for old, new in pairwise(known)][-1:],
        },
    )


@require_safe
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """Show one state through all editions: values, ranks, and the way to each number's making."""
    found, known = indices.country(iso3), tables()
    editions_ranking(iso3)
    return render(
        request,
        "indices/country.html",
        {
            **_standing(known, iso3),
            "iso3": iso3,
            "country": found,
            "columns": lines.columns_of(known),
            "values": lines.value_rows(known, iso3, words.PARTS),
            "ranks": lines.rank_rows(known, iso3, words.PARTS),
            "breaks": lines.breaks_of(known),
            "editions": editions_ranking(iso3),
            "countries": _options(known[-1]),
            "standstills": told.standstills(known, iso3),
            "restated": told.restated(INDEX, editions_ranking(iso3), iso3=iso3),
            "raw": told.latest_raw(iso3),
            "chosen": "",
        },
    )


@require_safe
def choose_country(request: HttpRequest) -> HttpResponse:
    """Lead to the page of the state a form chose: forms have parameters, pages have addresses."""
    return redirect("oversight:index_country", iso3=state_of(request))


@require_safe
def edition(request: HttpRequest, edition: str) -> HttpResponse:
    """Show all states of an edition by rank, fifty on a page, and where the country stands among them."""
    table = indices.edition_table(INDEX, edition)
    rows = _by_rank(table)
    first = _place(request.GET.get("from", ""), len(rows))
    return render(
        request,
        "indices/edition.html",
        {
            "table": table,
            "edition": edition,
            "rows": rows[first : first + PAGE],
            "next": first + PAGE if first + PAGE < len(rows) else 0,
            "first": first,
            "values": sorted(table.values().values()),
            "marked": _marked(rows),
            "levels": _levels(table),
            "names": words.country_names(),
            "parts": words.short_names(),
            "mean": table.mean() or 0.0,
            "unexplained": indices.explained_figures(INDEX, edition),
            "restated": told.restated(INDEX, [edition]),
            "others": [other.edition for other in reversed(tables())],
            "home": HOME,
            "home_page": _page_of(rows, HOME),
        },
    )


@require_safe
def check(request: HttpRequest, edition: str, iso3: str) -> HttpResponse:
    """Recompute one published figure step by step, so that anybody can follow it with a pencil."""
    part = request.GET.get("part", INDEX)
    found = indices.check(INDEX, edition, iso3, part=part)
    table = indices.edition_table(INDEX, edition)
    return render(
        request,
        "indices/check.html",
        {
            "check": found,
            "table": table,
            "edition": edition,
            "iso3": iso3,
            "part": part,
            "names": words.country_names(),
            "parts": words.part_names(),
            "levels": words.level_names(),
            "values": table.row(iso3).values,
            "restated": told.restated(INDEX, [edition], iso3=iso3),
        },
    )


@require_safe
def why(request: HttpRequest, iso3: str, before: str, after: str) -> HttpResponse:
    """Explain what moved a state between two editions, as a paragraph, a decomposition and the ranks."""
    known = editions_ranking(indices.country(iso3).iso3)
    if before not in known or after not in known or int(before) >= int(after):
        raise NotFound
    change = indices.explain_change(
        indices.edition_table(INDEX, before), indices.edition_table(INDEX, after), iso3
    )
    return render(
        request,
        "indices/why.html",
        {
            "change": change,
            "paragraphs": paragraphs_of(change),
            "names": words.country_names(),
            "parts": words.part_names(),
            "short": words.short_names(),
            "iso3": iso3,
            "editions": known,
        },
    )


@require_safe
def choose_why(request: HttpRequest) -> HttpResponse:
    """Lead to the explanation a form chose; two editions in the wrong order are put in order."""
    iso3 = state_of(request)
    known = editions_ranking(iso3)
    if len(known) == 1:
        raise NotFound
    chosen = sorted({edition_of(request, name, among=known) for name in ("before", "after")}, key=int)
    before, after = chosen if len(chosen) > 1 else _neighbours(known, chosen[0])
    return redirect("oversight:index_why", iso3=iso3, before=before, after=after)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show up to six states side by side, and beside them the world and the regions."""
    known = tables()
    chosen = _compared(request, known[-1])
    edition = edition_of(request, among=[table.edition for table in reversed(known)])
    table = indices.edition_table(INDEX, edition)
    names = words.country_names()
    return render(
        request,
        "indices/compare.html",
        {
            "chosen": chosen,
            "edition": edition,
            "table": table,
            "names": names,
            "parts": words.short_names(),
            "columns": lines.columns_of(known),
            "series": lines.country_rows(known, chosen),
            "breaks": lines.breaks_of(known),
            "regions": _regions(table, chosen),
            "countries": _options(known[-1]),
            "editions": [(each.edition, pages.digits(each.edition)) for each in reversed(known)],
            "empty": range(len(chosen), MOST_COMPARED),
        },
    )


def _standing(known: Sequence[indices.EditionTable], iso3: str) -> dict[str, object]:
    """Return the latest edition that ranked a state, its figures there, and those of the one before."""
    ranking = [table for table in known if iso3 in table.ranked]
    latest = ranking[-1]
    before = ranking[-2] if len(ranking) > 1 else None
    return {
        "latest": latest,
        "before": before,
        "row": latest.row(iso3),
        "rank": indices.rank_in(latest, iso3, INDEX),
        "rank_before": before and indices.rank_in(before, iso3, INDEX),
        "epi_rank": latest.rank(iso3, "epi"),
        "epi_rank_before": before and before.rank(iso3, "epi"),
        "level": words.level_names()[indices.level_of(latest.value(iso3))],
        "names": words.country_names(),
        "parts": words.part_names(),
        "short": words.short_names(),
    }


def _moved(
    known: Sequence[indices.EditionTable], promised: Sequence[indices.TargetStanding]
) -> dict[str, object]:
    """Return what moved the country since the edition the promises begin with, else since the one before."""
    ranking = {table.edition: table for table in known if HOME in table.ranked}
    latest, begun = list(ranking)[-1], [each.target.baseline_edition for each in promised]
    before = next((each for each in begun if each in ranking and each != latest), list(ranking)[-2:][0])
    if before == latest:
        return {"change": None}
    change = indices.explain_change(ranking[before], ranking[latest], HOME)
    return {"change": change, "paragraphs": paragraphs_of(change)}


def _by_rank(table: indices.EditionTable) -> list[tuple[int, indices.StateRow]]:
    return sorted(
        ((indices.rank_in(table, iso3, INDEX), row) for iso3, row in table.ranked.items()),
        key=lambda each: (each[0], -each[1].values[INDEX], each[1].iso3),
    )


def _page_of(rows: Sequence[tuple[int, indices.StateRow]], iso3: str) -> int | None:
    """Return where the page of the list begins that holds a state; None where it was not ranked."""
    place = next((place for place, (_rank, row) in enumerate(rows) if row.iso3 == iso3), None)
    return None if place is None else place - place % PAGE


def _marked(rows: Sequence[tuple[int, indices.StateRow]]) -> list[tuple[str, float]]:
    """Return the country, the first and the last of an edition: what stands out among the dots."""
    names, values = words.country_names(), {row.iso3: row.values[INDEX] for _rank, row in rows}
    chosen = dict.fromkeys((HOME, rows[0][1].iso3, rows[-1][1].iso3))
    return [(names[iso3], values[iso3]) for iso3 in chosen if iso3 in values]


def _levels(table: indices.EditionTable) -> list[tuple[str, int]]:
    counted = [indices.level_of(value) for value in table.values().values()]
    return [(name, counted.count(indices.Level(level))) for level, name in words.level_names().items()]


def _options(table: indices.EditionTable) -> list[tuple[str, str]]:
    """Return the states of an edition for a form, in the order of their names."""
    names = words.country_names()
    return sorted(((iso3, names[iso3]) for iso3 in table.ranked), key=lambda each: sort_key(each[1]))


def _compared(request: HttpRequest, table: indices.EditionTable) -> list[str]:
    asked = [each for each in request.GET.getlist("country") if each]
    home = HOME if HOME in table.ranked else min(table.ranked)
    chosen = list(dict.fromkeys(asked))[:MOST_COMPARED] or [home]
    if any(iso3 not in table.ranked for iso3 in chosen):
        raise indices.CountryUnknown
    return chosen


def _regions(table: indices.EditionTable, chosen: Sequence[str]) -> list[tuple[str, float]]:
    """Return the mean of the world and of the regions and sub-regions of the chosen states."""
    known = indices.countries()
    groups: dict[str, list[str]] = {}
    for iso3 in table.ranked:
        for group in (known[iso3].region, known[iso3].sub_region):
            groups.setdefault(pages.either(group), []).append(iso3)
    wanted = dict.fromkeys(
        pages.either(group) for iso3 in chosen for group in (known[iso3].region, known[iso3].sub_region)
    )
    return [
        (name, table.mean(among=groups[name]) or 0.0)
        for name in wanted
        if len(groups.get(name, ())) >= MEMBERS
    ]


def _neighbours(known: Sequence[str], edition: str) -> tuple[str, str]:
    """Return an edition and the one before it, or after it where it is the first."""
    place = known.index(edition)
    return (known[place + 1], edition) if place + 1 < len(known) else (edition, known[place - 1])


def _place(text: str, length: int) -> int:
    """Return where a page of a list begins. Raises `NotFound` for what is no place of it."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 0 <= int(text) < length):  # noqa: PLR2004 -- digits
        raise NotFound
    return int(text)
