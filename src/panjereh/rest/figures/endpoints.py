"""Figures: definitions, numbers of days, and the counted events in the order of the record."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from panjereh.domain.figures import api as figures
from panjereh.plumbing import edge
from panjereh.rest.reading import QueryFaulty, limit_in, page_of, place_in, query_of, shown
from panjereh_kernel.jalali import tehran_date

DAYS, MOST_DAYS = 30, 366
# Far from any event, and partly outside the solar calendar.
_FIRST_DAY = dt.date(2000, 1, 1)


def definitions(request: HttpRequest) -> HttpResponse:
    """List what is counted."""
    query_of(request)
    known = figures.read_definitions(_directory())
    return shown(request, {"items": [_definition(each) for each in known.values()]})


def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """Tell the numbers of a span of days: by state, and for one service by day too."""
    query = query_of(request, "since", "until", "service")
    definition = figures.find_definition(_directory(), figure_id)
    since, until = _span(query)
    told: dict[str, Any] = _definition(definition) | {"from": since.isoformat(), "to": until.isoformat()}
    if "service" in query:
        return shown(request, told | _of_service(definition, since, until, query["service"]))
    totals = figures.figure_totals(definition, since=since, until=until)
    return shown(request, told | _numbers(totals.counts, totals.as_of_at) | {"days": None})


def events(request: HttpRequest, figure_id: str) -> HttpResponse:
    """List the events behind the numbers, each with where its proof is."""
    query = query_of(request, "on", "service", "state", "after", "limit")
    definition = figures.find_definition(_directory(), figure_id)
    after = place_in(request, query)
    found = figures.events_behind(
        definition,
        limit=limit_in(query) + 1,
        after=-1 if after is None else int(after),
        on=_day(query, "on") if "on" in query else None,
        service=query.get("service", ""),
        state=query.get("state", ""),
    )
    page = page_of(request, query, found, key=lambda event: event.log_index, write=_event)
    return shown(request, page)


def _span(query: Mapping[str, str]) -> tuple[dt.date, dt.date]:
    until = _day(query, "until") if "until" in query else tehran_date(edge.now())
    since = _day(query, "since") if "since" in query else until - dt.timedelta(days=DAYS - 1)
    if not 0 <= (until - since).days < MOST_DAYS:
        raise QueryFaulty("since")
    return since, until


def _day(query: Mapping[str, str], name: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(query[name])
    except ValueError as error:
        raise QueryFaulty(name) from error
    # Python reads other spellings of a day too; there is one here.
    if day.isoformat() != query[name] or day < _FIRST_DAY:
        raise QueryFaulty(name)
    return day


def _of_service(
    definition: figures.Definition, since: dt.date, until: dt.date, service: str
) -> dict[str, Any]:
    table = figures.figure_table(definition, since=since, until=until, service=service)
    totals: Counter[str] = Counter()
    for cell, count in table.counts.items():
        totals[cell.state] += count
    days = [
        {"on": cell.on.isoformat(), "state": cell.state, "count": count}
        for cell, count in table.counts.items()
    ]
    return _numbers(totals, table.as_of_at) | {"days": days}


def _numbers(counts: Mapping[str, int], as_of: dt.datetime | None) -> dict[str, Any]:
    return {
        "as_of": as_of.isoformat(timespec="seconds").replace("+00:00", "Z") if as_of else None,
        "sample_size": sum(counts.values()),
        "counts": dict(counts),
    }


def _definition(definition: figures.Definition) -> dict[str, Any]:
    return {
        "id": definition.id,
        "version": definition.version,
        "title": dict(definition.title),
        "definition": dict(definition.definition),
        "unit": dict(definition.unit),
        "sample": dict(definition.sample),
        "counted_since": definition.since.isoformat(),
        "states": {state.id: dict(state.texts) for state in definition.states},
    }


def _event(event: figures.EventBehind) -> dict[str, Any]:
    with translation.override("fa"):  # the address without a language
        proof = reverse("oversight:proof", args=[event.log_index])
    return {
        "number": event.log_index,
        "id": str(event.leaf_id),
        "on": event.cell.on.isoformat(),
        "service": event.cell.service,
        "state": event.cell.state,
        "proof": f"{settings.PANJEREH.public_url}{proof}",
    }


def _directory() -> Path:
    return Path(settings.PANJEREH.data_directory) / "figures"
