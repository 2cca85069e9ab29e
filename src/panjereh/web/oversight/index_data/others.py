"""Indices beside the one of the survey: which editions there are, and where the country stands in each."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.index_data import words
from panjereh.web.oversight.index_data.reading import PAGE, home, next_after, place_in
from panjereh.web.oversight.indices import lines
from panjereh.web.oversight.indices.reading import INDEX, edition_of
from panjereh_kernel.refusal import NotFound
from panjereh_kernel.sorting import sort_key

MOST = 4


@require_safe
def others(request: HttpRequest) -> HttpResponse:
    """List the other indices with the country's place in each, and those without values here."""
    titles = {each.index: each.title for each in indices.editions() if each.index != INDEX}
    if not titles:
        return render(request, "indices/none.html")
    country = indices.countries().get(home())
    context = {
        "indices": [(index, titles[index], indices.edition_tables(index)[-1]) for index in sorted(titles)],
        "home": home(),
        "country": pages.either(country.name) if country else home(),
        "missing": _missing(),
    }
    return render(request, "index_data/others.html", context)


@require_safe
def other(request: HttpRequest, index: str) -> HttpResponse:
    """Show an edition of another index: the country beside others it names, and all states by rank."""
    tables = indices.edition_tables(index)
    if index == INDEX or not tables:
        raise NotFound
    edition = edition_of(request, among=[table.edition for table in reversed(tables)])
    table = indices.edition_table(index, edition)
    chosen = _chosen(request, table)
    rows = _by_rank(table)
    first = place_in(request, len(rows))
    names = words.country_names()
    context = {
        "index": index,
        "title": words.part_names()[index],
        "table": table,
        "edition": edition,
        "editions": [(each.edition, pages.digits(each.edition)) for each in reversed(tables)],
        "home": home(),
        "names": names,
        "parts": words.part_names(),
        "shown_parts": _parts(table),
        "chosen": chosen,
        "empty": range(len(chosen), MOST),
        "countries": sorted(
            ((iso3, names[iso3]) for iso3 in table.ranked), key=lambda each: sort_key(each[1])
        ),
        "source": indices.sources()[indices.edition(index, edition).source],
        "page_rows": rows[first : first + PAGE],
        "first": first,
        "next": next_after(first, len(rows)),
        "columns": lines.columns_of(tables),
        "series": _series(tables, chosen),
        "sources": indices.sources_of(index, edition),
    }
    return render(request, "index_data/other.html", context)


def _chosen(request: HttpRequest, table: indices.EditionTable) -> list[str]:
    """Return the states to set beside each other; without a choice the country and the first two."""
    asked = list(dict.fromkeys(each for each in request.GET.getlist("country") if each))[:MOST]
    if any(iso3 not in table.ranked for iso3 in asked):
        raise NotFound
    leading = [row.iso3 for row in _by_rank(table)[:2]]
    return asked or [iso3 for iso3 in dict.fromkeys((home(), *leading)) if iso3 in table.ranked]


def _series(tables: Sequence[indices.EditionTable], chosen: Sequence[str]) -> list[Any]:
    """Return the index of the chosen states through the editions; nothing where there is one edition."""
    return lines.country_rows(tables, chosen) if len(tables) > 1 else []


def _parts(table: indices.EditionTable) -> list[str]:
    known = (table.method.index, *table.method.parts)
    found = {part for row in table.ranked.values() for part in row.values}
    return [*known, *sorted(found - set(known))]


def _by_rank(table: indices.EditionTable) -> list[indices.StateRow]:
    """Return the ranked states as the publisher ranks them."""
    return sorted(table.ranked.values(), key=lambda row: (row.published_rank or len(table.rows), row.iso3))


def _missing() -> list[tuple[str, str, str]]:
    """Return indices of which no values are kept here: name, publisher, and why not."""
    return [
        (
            _("GovTech Maturity Index 2022"),
            _("World Bank"),
            _("The workbook with its values was not to be had; scores that others added up are not taken."),
        ),
        (
            _("OURdata Index on open government data"),
            "OECD",
            _("It measures members of the OECD and a few partners. No table of values was found."),
        ),
        (
            _("Open Government Data Index"),
            _("United Nations"),
            _("Made from some questions of the survey; no table of values by state was found."),
        ),
        (
            _("Global Data Barometer"),
            "ILDA",
            _("No table of values was found."),
        ),
    ]
