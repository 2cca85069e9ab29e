"""Public pages of figures: no personal data, no sign-in."""

import base64
import csv
import datetime as dt
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panjereh.domain.audit import api as audit
from panjereh.domain.figures import api as figures
from panjereh.plumbing import edge, pages
from panjereh.web.oversight.figures import shown
from panjereh_kernel.jalali import tehran_date
from panjereh_kernel.refusal import NotFound

DAYS: Final = 30
DAYS_ON_A_PHONE: Final = 10
PAGE: Final = 100
FILE_ROWS: Final = 10_000
COLUMNS: Final = ("number", "identifier", "day", "service", "state", "proof")
FIRST_YEAR: Final = 2000


@require_safe
def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """Show the numbers of the last thirty days in Tehran, newest first, and a chart beside them."""
    definition = figures.find_definition(_directory(), figure_id)
    until = tehran_date(edge.now())
    table = figures.figure_table(definition, since=until - dt.timedelta(days=DAYS - 1), until=until)
    states = shown.states_of(table)
    wide = shown.chart_of(table, states)
    return render(
        request,
        "oversight/figure.html",
        {
            "table": table,
            "texts": _texts(definition),
            "trend": shown.trend_of(table),
            "state": wide.state,
            "highest": wide.highest,
            "states": states,
            "services": shown.services_of(table, states),
            "charts": [
                ("only-wide", wide),
                ("only-phone", shown.chart_of(table, states, last=DAYS_ON_A_PHONE)),
            ],
            "short_date": shown.short_date,
            "day_and_month": shown.day_and_month,
        },
    )


@require_safe
def events(request: HttpRequest, figure_id: str) -> HttpResponse:
    """List the events behind a number, or behind all of them, in the order of the record."""
    definition = figures.find_definition(_directory(), figure_id)
    chosen = _chosen(request)
    found = _found(request, definition, limit=PAGE + 1)
    texts = {state.id: pages.either(dict(state.texts)) for state in definition.states}
    return render(
        request,
        "oversight/figure_events.html",
        {
            "definition": definition,
            "texts": _texts(definition),
            "chosen": chosen,
            "on": _day(chosen.get("on", "")),
            "events": found[:PAGE],
            "has_more": len(found) > PAGE,
            "states": texts,
            "services": shown.service_titles(),
            "short_date": shown.short_date,
        },
    )


@require_safe
def events_csv(request: HttpRequest, figure_id: str) -> HttpResponse:
    """Hand the list out as a file, at most 10,000 events; a header says where the rest is."""
    definition = figures.find_definition(_directory(), figure_id)
    found = _found(request, definition, limit=FILE_ROWS + 1)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{definition.id}.csv"'
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    for event in found[:FILE_ROWS]:
        address = request.build_absolute_uri(reverse("oversight:proof", args=[event.log_index]))
        cell = event.cell
        writer.writerow((event.log_index, event.leaf_id, cell.on, cell.service, cell.state, address))
    if len(found) > FILE_ROWS:
        rest = urlencode(_chosen(request) | {"after": found[FILE_ROWS - 1].log_index})
        answer.headers["Link"] = f'<{request.build_absolute_uri(request.path)}?{rest}>; rel="next"'
    return answer


@require_safe
def event(request: HttpRequest, log_index: int) -> HttpResponse:
    """Show one counted event down to its leaf in the published log, with what was checked on the spot."""
    definitions = figures.read_definitions(_directory())
    counted = figures.counted_at(log_index, definitions.values())
    if not counted:
        raise NotFound
    found = next(iter(counted.values()))
    settled = settings.PANJEREH
    leaf = audit.inclusion_proof(
        log_index,
        log_directory=settled.audit_log_directory,
        checkpoint_directory=settled.audit_checkpoint_directory,
    )
    checks = audit.check_leaf(
        leaf, leaf_id=found.leaf_id, checkpoint_directory=settled.audit_checkpoint_directory
    )
    context = {
        "event": found,
        "counted": [(definitions[name], _texts(definitions[name]), each) for name, each in counted.items()],
        "states": {
            name: {state.id: pages.either(dict(state.texts)) for state in definitions[name].states}
            for name in counted
        },
        "services": shown.service_titles(),
        "leaf": leaf,
        "leaf_hash": _base64(leaf.leaf_hash),
        "checks": checks,
        "holds": checks.is_in_log and checks.is_as_recorded,
        "at": edge.now(),
    }
    return render(request, "oversight/event.html", context)


@require_safe
def proof(request: HttpRequest, log_index: int) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """Return the proof that the event at a place of the record is in the published log.

    Hashes are base64; `path` goes from the leaf upwards; `checkpoint` is the signed note with size and root.
    """
    found = audit.inclusion_proof(
        log_index,
        log_directory=settings.PANJEREH.audit_log_directory,
        checkpoint_directory=settings.PANJEREH.audit_checkpoint_directory,
    )
    return JsonResponse(
        {
            "index": found.index,
            "leaf_hash": _base64(found.leaf_hash),
            "path": [_base64(sibling) for sibling in found.path],
            "size": found.size,
            "checkpoint": found.checkpoint,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Return what narrows a list of events. Raises `NotFound` for what no event can have."""
    chosen = {name: request.GET.get(name, "") for name in ("on", "service", "state")}
    if any("\0" in value for value in chosen.values()):
        raise NotFound
    return {name: value for name, value in chosen.items() if value}


def _found(request: HttpRequest, definition: figures.Definition, *, limit: int) -> list[figures.EventBehind]:
    chosen = _chosen(request)
    return figures.events_behind(
        definition,
        limit=limit,
        after=_number(request.GET.get("after", "-1")),
        on=_day(chosen.get("on", "")),
        service=chosen.get("service", ""),
        state=chosen.get("state", ""),
    )


def _texts(definition: figures.Definition) -> dict[str, str]:
    return {
        "title": pages.either(dict(definition.title)),
        "definition": pages.either(dict(definition.definition)),
        "unit": pages.either(dict(definition.unit)),
        "sample": pages.either(dict(definition.sample)),
    }


def _directory() -> Path:
    return Path(settings.PANJEREH.data_directory) / "figures"


def _day(text: str) -> dt.date | None:
    """Return the day in an address; one that is none leads nowhere, as any other wrong address."""
    try:
        day = dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise NotFound from error
    # Far from any event, and partly outside the solar calendar.
    if day is not None and day.year < FIRST_YEAR:
        raise NotFound
    return day


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError as error:
        raise NotFound from error
    # The column's own bounds: beyond them there is nothing to list.
    return max(-1, min(number, 2**63 - 1))


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
