"""Pages that say what this installation is: nothing is read but the settings."""

from collections import Counter
from functools import cache
from importlib import metadata
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panjereh.plumbing import pages
from panjereh.web.public.about.standards import Conformance, read_standards
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


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """Say which function answers to which international standard, and how far."""
    lines = _standards(settings.PANJEREH.data_directory)
    return render(
        request,
        "about/standards.html",
        {
            "areas": [(area, list(group)) for area, group in groupby(lines, key=lambda each: each.area)],
            "names": _area_names(),
            "states": {
                Conformance.MET: ("good", _("wholly met")),
                Conformance.PARTLY: ("wait", _("partly met")),
                Conformance.NOT: ("bad", _("not met")),
                Conformance.NOT_JUDGED: ("", _("not judged")),
            },
            "counts": Counter(each.state for each in lines),
            "total": len(lines),
        },
    )


def _area_names() -> dict[str, str]:
    return {
        "identity": _("Identity and sign-in"),
        "exchange": _("Exchange between agencies"),
        "documents": _("Signed documents"),
        "accessibility": _("Accessibility"),
        "open-data": _("Open data"),
        "interfaces": _("Interfaces for programs"),
        "data": _("Data and language"),
        "security": _("Security and software"),
    }


# The file belongs to the release and changes with it.
_standards = cache(read_standards)


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
