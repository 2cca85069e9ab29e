"""The first page lists what there is; it knows nobody and stores nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panjereh.domain.catalogue import api as catalogue


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search, the published services and what a person may expect."""
    return render(request, "home/home.html", {"services": catalogue.published_services()})
