"""What templates may use: addresses, assets, dates and digits, and nothing that reads a database."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context

from panjereh.plumbing.kit.strictness import StrictCalls
from panjereh_kernel import jalali, persian

_PERSIAN_LETTERS = range(0x0600, 0x0700)


def make_environment(**options: Any) -> Environment:
    """Return the Jinja2 environment of all pages: an unknown variable is a bug, not an empty string."""
    options |= {
        "undefined": StrictUndefined,
        "extensions": ["jinja2.ext.i18n"],
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    if settings.PANJEREH.is_practice:
        options["extensions"].append(StrictCalls)
    environment = Environment(**options)  # noqa: S701 -- autoescape is on, three lines up
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    environment.globals.update(
        {
            "url": lambda name, *arguments, **keywords: reverse(
                name, args=arguments, kwargs=keywords or None
            ),
            "asset": asset,
            "language": translation.get_language,
            "in_language": in_language,
            "is_signed_in": is_signed_in,
            "language_of": language_of,
            "is_practice": lambda: settings.PANJEREH.is_practice,
        }
    )
    environment.filters.update({name: _by_page(show) for name, show in FILTERS.items()})
    return environment


@cache
def asset(name: str) -> str:
    """Return the address of a file of the front end, with a mark that changes with its content."""
    content = (Path(settings.PANJEREH.frontend_directory) / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


def in_language(path: str, code: str) -> str:
    """Return the address of this page in another language."""
    return translate_url(path, code)


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the header shows a person's sections."""
    session = getattr(request, "session", None)  # none was begun where the chain of middleware broke early
    return session is not None and "account_id" in session


def language_of(text: object) -> str:
    """Return the language of words that stand as they were written, by their letters."""
    return "fa" if any(ord(letter) in _PERSIAN_LETTERS for letter in str(text)) else "en"


def page_language() -> jalali.Language:
    """Return the language of the page being made."""
    return jalali.Language(translation.get_language() or jalali.Language.FA)


def digits(value: object) -> str:
    """Write a number in the digits of the page's language."""
    text = str(value)
    return persian.to_persian_digits(text) if translation.get_language() == "fa" else text


def show_date(day: dt.date | dt.datetime) -> str:
    """Write a day: «۱ آذر ۱۴۰۵», or «22 November 2026» in English."""
    date = jalali.tehran_date(day) if isinstance(day, dt.datetime) else day
    return jalali.format_long(date, language=page_language())


def show_moment(instant: dt.datetime) -> str:
    """Write a day and the Tehran time of day."""
    clock = instant.astimezone(jalali.TEHRAN).strftime("%-H:%M")
    return translation.gettext("%(date)s, at %(time)s") % {"date": show_date(instant), "time": digits(clock)}


def either(texts: Mapping[str, str]) -> str:
    """Return the text in the page's language from a pair of texts, `{"fa": …, "en": …}`."""
    return texts[page_language().value]


class Named(Protocol):
    """A name in both languages."""

    @property
    def fa(self) -> str:
        """The name in Persian."""

    @property
    def en(self) -> str:
        """The name in English."""


def named(name: Named) -> str:
    """Return a name in the page's language."""
    return name.fa if page_language() is jalali.Language.FA else name.en


FILTERS: Mapping[str, Callable[[Any], str]] = {
    "digits": digits,
    "date": show_date,
    "moment": show_moment,
    "either": either,
    "named": named,
}


def _by_page(show: Callable[[Any], str]) -> Callable[[Context, Any], str]:
    """Tie a filter to its page: Jinja would fold `{{ 0|digits }}` into the first visitor's language."""

    @pass_context
    def by_page(_context: Context, value: Any) -> str:
        return show(value)

    return by_page
