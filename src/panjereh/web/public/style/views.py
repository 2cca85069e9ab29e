"""Colours, type and space as the style files hold them, and every macro of the kit with its examples."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from panjereh.plumbing import pages
from panjereh.plumbing.kit.blocks import components
from panjereh.web.public.style import colours, examples
from panjereh_kernel.refusal import NotFound

THEMES = ("light", "dark")
# Shown in both directions side by side: they carry no ids, which a page may hold only once.
BOTH_WAYS = ("tag", "timeline", "tasks", "back", "facts", "crumbs")


@require_safe
def foundations(request: HttpRequest) -> HttpResponse:
    """Show principles, colours with their contrast, type, space, and the list of parts."""
    context = {
        "roles": colours.roles(),
        "sizes": colours.sizes("t"),
        "spaces": colours.sizes("sp"),
        "subjects": subjects(),
        "both_ways": [(name, _in("fa", name), _in("en", name)) for name in BOTH_WAYS],
        "theme": _theme(request),
        "subject": "",
        "ratio": _ratio,
    }
    return render(request, "style/foundations.html", context)


@require_safe
def subject(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the macros of one file of the kit. Raises `NotFound`."""
    parts = [
        (component, examples.of(component.name))
        for component in components().values()
        if component.subject == subject
    ]
    if not parts:
        raise NotFound
    context = {
        "parts": parts,
        "subjects": subjects(),
        "subject": subject,
        "theme": _theme(request),
        "translated": translation.gettext,
        "code_of": _code,
    }
    return render(request, "style/subject.html", context)


def subjects() -> list[str]:
    """Return the files of the kit in their order."""
    return list(dict.fromkeys(component.subject for component in components().values()))


def _theme(request: HttpRequest) -> str:
    theme = request.GET.get("theme", "")
    return theme if theme in THEMES else ""


def _in(language: str, name: str) -> str:
    with translation.override(language):
        return examples.of(name)[0].shown


def _ratio(ratio: float) -> str:
    """Write a contrast ratio with one decimal."""
    whole, tenths = f"{ratio:.1f}".split(".")
    parts = {"whole": pages.digits(whole), "tenths": pages.digits(tenths)}
    return translation.gettext("%(whole)s.%(tenths)s") % parts


def _code(text: str) -> str:
    return format_html('<bdi class="code">{}</bdi>', text)
