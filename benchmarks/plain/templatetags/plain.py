"""Dates, digits and addresses of files for templates: the platform's own functions, as Django's filters."""

from typing import Any

from django import template
from django.urls import translate_url
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from benchmarks.plain import charts
from panjereh.plumbing import pages

register = template.Library()
register.filter("digits", pages.digits)
register.filter("day", pages.show_date)
register.filter("moment", pages.show_moment)
register.filter("number", pages.show_number)
register.filter("either", pages.either)


@register.filter
def grouped(number: int) -> str:
    """Write a large number with its thousands apart."""
    return pages.show_number(number)


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


@register.inclusion_tag("plain/lab/line_chart.html")
def line_chart(
    id: str,  # noqa: A002 -- as in the page
    title: str,
    finding: str,
    columns: list[tuple[int, str]],
    series: list[tuple[str, list[float | None]]],
    *,
    axis: str,
    places: int = 0,
    falling: bool = False,
    breaks: Any = (),
    path: Any = (),
) -> dict[str, Any]:
    """Draw values over time, with the same numbers as a table."""
    drawn = charts.lines(columns, series, falling=falling, breaks=breaks, path=list(path))
    return drawn | {
        "id": id,
        "title": title,
        "finding": finding,
        "axis": axis,
        "places": places,
        "way_places": places + 1,
        "breaks": breaks,
        "has_path": bool(path),
        "is_rtl": get_language() == "fa",
        "folds": len(series) > 2,  # noqa: PLR2004 -- more than fit on a phone
    }


@register.inclusion_tag("plain/lab/moved.html")
def moved(now: int, before: int | None) -> dict[str, Any]:
    """Show by how many places a rank moved."""
    better = (before or 0) - now
    return {"now": now, "before": before or None, "better": better, "worse": -better}


@register.inclusion_tag("plain/lab/field.html")
def field(asked: Any, name: str, label: str, hint: str = "") -> dict[str, str]:
    """Show one field of the what-if."""
    return {
        "id": name,
        "label": label,
        "hint": hint,
        "value": asked.typed[name],
        "error": asked.faults.get(name, ""),
    }


@register.simple_tag
def join(kind: str, name: str) -> str:
    """Return the name of a field of some kind."""
    return f"{kind}_{name}"


@register.simple_tag
def hint_of(indicator: Any, known: Any, worth: float) -> str:
    """Write what is known of a raw indicator."""
    parts = [
        _("known of %(year)s: %(value)s")
        % {"year": pages.digits(known.year), "value": pages.show_number(known.value, 2)},
        _("one more is worth %(worth)s") % {"worth": pages.show_number(worth, 5)},
    ]
    if indicator.cap is not None:
        parts.append(_("above %(cap)s nothing counts") % {"cap": pages.show_number(indicator.cap)})
    return _("; ").join(parts)
