"""The first page lists what there is; it knows nobody and stores nothing."""

import datetime as dt
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.figures import api as figures
from panjereh.plumbing import edge, pages
from panjereh_kernel.jalali import tehran_date

FIGURE: Final = "cases-by-state-and-day"
DAYS: Final = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search, the published services, what a person may count on and the figures of thirty days."""
    totals = _totals()
    context = {
        "services": catalogue.published_services(),
        "totals": totals,
        "definition": pages.either(dict(totals.definition.definition)),
    }
    return render(request, "home/home.html", context)


def _totals() -> figures.FigureTotals:
    definition = figures.find_definition(Path(settings.PANJEREH.data_directory) / "figures", FIGURE)
    until = tehran_date(edge.now())
    return figures.figure_totals(definition, since=until - dt.timedelta(days=DAYS - 1), until=until)
