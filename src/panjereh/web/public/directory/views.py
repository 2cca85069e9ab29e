"""Agencies, legal instruments, and where all this comes from: read by everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panjereh.plumbing import edge
from panjereh.web.public.directory import provenance, shown
from panjereh_kernel import jalali


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List today's agencies by kind, each kind in alphabetical order."""
    groups = shown.by_kind(on=jalali.tehran_date(edge.now()))
    context = {"groups": groups, "count": sum(len(names) for _kind, names in groups)}
    return render(request, "directory/agencies.html", context)


@require_safe
def agency(request: HttpRequest, agency_id: str) -> HttpResponse:
    """Show one agency, also one that is no more. Raises `AgencyUnknown`."""
    return render(
        request, "directory/agency.html", shown.agency(agency_id, on=jalali.tehran_date(edge.now()))
    )


@require_safe
def reference_data(request: HttpRequest) -> HttpResponse:
    """Say how much reference data there is, how surely it is known, and from which files it was taken in."""
    return render(request, "directory/reference-data.html", provenance.shown())


@require_safe
def instrument(request: HttpRequest, instrument_id: str) -> HttpResponse:
    """Show a legal instrument, its articles, and which services cite each. Raises `InstrumentUnknown`."""
    context = shown.instrument(instrument_id, on=jalali.tehran_date(edge.now()))
    return render(request, "directory/instrument.html", context)
