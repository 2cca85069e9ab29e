"""Pages that say what this installation is: nothing is read but the settings."""

from importlib import metadata

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panjereh.plumbing import pages
from panjereh_kernel.jalali import Language


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this is, who runs it and where each of its promises can be seen."""
    return render(request, "about/about.html", _installation() | {"version": _version()})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works for whom, what was never tried, and whom to tell."""
    return render(request, "about/accessibility.html", _installation())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is held about a person, who sees it and how long."""
    return render(request, "about/privacy.html", _installation())


def _installation() -> dict[str, str]:
    environment = settings.PANJEREH
    is_persian = pages.page_language() is Language.FA
    return {
        "operator": (environment.operator_name_fa if is_persian else environment.operator_name_en) or "",
        "contact": environment.contact_email or "",
        "security_contact": environment.security_email or "",
    }


def _version() -> str:
    """Return the release that runs; run from a checkout there is none."""
    try:
        return metadata.version("panjereh")
    except metadata.PackageNotFoundError:
        return ""
