"""Dates, digits and addresses of files for templates: the platform's own functions, as Django's filters."""

from django import template
from django.urls import translate_url
from django.utils.translation import get_language, ngettext

from panjereh.plumbing import pages

register = template.Library()
register.filter("digits", pages.digits)
register.filter("day", pages.show_date)
register.filter("moment", pages.show_moment)


@register.filter
def grouped(number: int) -> str:
    """Write a large number with its thousands apart."""
    return pages.digits(f"{number:,}")


@register.filter
def isolated(text: str) -> str:
    """Keep a code that runs from left to right together in a sentence."""
    return f"\u2066{text}\u2069"


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a file of the front end."""
    # A literal in a template is a `SafeString`, which a path does not take.
    return pages.asset(name + "")


@register.simple_tag(takes_context=True)
def other_language(context: template.Context) -> str:
    """Return the address of this page in the other language."""
    return translate_url(context["request"].path, "en" if get_language() == "fa" else "fa")


@register.simple_tag
def limit(days: int, kind: str) -> str:
    """Write how long, and in which days."""
    if kind == "working":
        words = ngettext("one working day", "%(count)s working days", days)
    else:
        words = ngettext("one calendar day", "%(count)s calendar days", days)
    return words % {"count": pages.digits(days)}
