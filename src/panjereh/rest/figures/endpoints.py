"""Figures: definitions, numbers of days, and the counted events in the order of the record."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_noop

from panjereh.domain.figures import api as figures
from panjereh.plumbing import edge
from panjereh.rest.figures.shapes import EventPage, FigureList, FigureNumbers
from panjereh.rest.operation import Call, Parameter, operation
from panjereh.rest.reading import AFTER, DAY, LIMIT, TEXT, limit_in, page_of, place_in
from panjereh.rest.refusals import QueryFaulty
from panjereh_kernel.jalali import tehran_date
from panjereh_kernel.refusal import NotFound

DAYS, MOST_DAYS = 30, 366
# Far from any event, and partly outside the solar calendar.
_FIRST_DAY = dt.date(2000, 1, 1)


@operation(
    name="listFigures",
    about=gettext_noop("What is counted"),
    gives=FigureList,
    is_public=True,
)
def definitions(call: Call) -> dict[str, Any]:  # noqa: ARG001 -- nothing is asked of it
    """List what is counted."""
    return {"items": [_definition(each) for each in figures.read_definitions(_directory()).values()]}


@operation(
    name="readFigure",
    about=gettext_noop("The numbers of a span of days"),
    gives=FigureNumbers,
    query=(
        Parameter("since", gettext_noop("First day; thirty days before the last if not given."), DAY),
        Parameter("until", gettext_noop("Last day; today if not given."), DAY),
        Parameter("service", gettext_noop("Only of this service, and then by day too."), TEXT),
    ),
    refuses=(NotFound,),
    is_public=True,
)
def figure(call: Call, figure_id: str) -> dict[str, Any]:
    """Tell the numbers of a span of days: by state, and for one service by day too."""
    definition = figures.find_definition(_directory(), figure_id)
    since, until = _span(call.query)
    told: dict[str, Any] = _definition(definition) | {"from": since.isoformat(), "to": until.isoformat()}
    if "service" in call.query:
        return told | _of_service(definition, since, until, call.query["service"])
    totals = figures.figure_totals(definition, since=since, until=until)
    return told | _numbers(totals.counts, totals.as_of_at) | {"days": None}


@operation(
    name="listFigureEvents",
    about=gettext_noop("The events behind the numbers"),
    gives=EventPage,
    query=(
        Parameter("on", gettext_noop("Only of this day."), DAY),
        Parameter("service", gettext_noop("Only of this service."), TEXT),
        Parameter("state", gettext_noop("Only in this state."), TEXT),
        AFTER,
        LIMIT,
    ),
    refuses=(NotFound,),
    is_public=True,
)
def events(call: Call, figure_id: str) -> dict[str, Any]:
    """List the events behind the numbers, each with where its proof is."""
    definition = figures.find_definition(_directory(), figure_id)
    after = place_in(call)
    found = figures.events_behind(
        definition,
        limit=limit_in(call) + 1,
        after=-1 if after is None else int(after),
        on=_day(call.query, "on") if "on" in call.query else None,
        service=call.query.get("service", ""),
        state=call.query.get("state", ""),
    )
    return page_of(call, found, key=lambda event: event.log_index, write=_event)


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
