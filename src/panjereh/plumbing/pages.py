"""What templates may use: addresses, assets, dates and digits, and nothing that reads a database."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import get_script_prefix, reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from panjereh.plumbing import assets
from panjereh.plumbing.compiled import LanguageEnvironment, PageEnvironment
from panjereh.plumbing.kit import drawing
from panjereh.plumbing.kit.strictness import StrictCalls
from panjereh_kernel import jalali, persian

_ANY = UUID(int=0)
_PERSIAN_LETTERS = range(0x0600, 0x0700)
MOST_KEPT = 256
MOST_ADDRESSES = 4096
# Addresses of published figures hold nothing of a person, and the same few hundred stand on many pages.
_OF_NOBODY = "oversight:"


def make_environment(*, strict: bool, **options: Any) -> Environment:
    """Return the Jinja2 environment of all pages: an unknown variable is a bug, not an empty string.

    `strict` has every call of a macro of the kit checked.
    """
    options |= {
        "undefined": StrictUndefined,
        "extensions": ["jinja2.ext.i18n"],
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    if strict:
        options["extensions"].append(StrictCalls)
    return PageEnvironment(lambda language: _speaking(language, options), **options)


def _speaking(language: str, options: dict[str, Any]) -> LanguageEnvironment:
    environment = LanguageEnvironment(language, {**CONSTANT, "language": lambda: language}, **options)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    environment.globals.update(
        {
            "url": _addresses(language),
            "once": once,
            "draw": drawing,
            "section_of": section_of,
            "asset": asset,
            "language": lambda: language,
            "in_language": in_language,
            "is_signed_in": is_signed_in,
            "language_of": language_of,
            "is_practice": lambda: settings.PANJEREH.is_practice,
        }
    )
    environment.filters.update(_filters(language))
    return environment


@cache
def _addresses(language: str) -> Callable[..., str]:
    """Return the function that gives addresses of pages in a language; what only a name decides is kept."""
    known: dict[tuple[str, str], str] = {}

    def kept(name: str, keyword: str) -> str:
        if (name, keyword) not in known:
            with translation.override(language):
                known[name, keyword] = reverse(name, kwargs={keyword: _ANY} if keyword else None)
        return known[name, keyword]

    @lru_cache(maxsize=MOST_ADDRESSES)
    def of_figures(name: str, **keywords: object) -> str:
        with translation.override(language):
            return reverse(name, kwargs=keywords)

    def address(name: str, *arguments: object, **keywords: object) -> str:
        if not arguments and not keywords:
            return kept(name, "")
        if not arguments and len(keywords) == 1:
            ((keyword, value),) = keywords.items()
            if isinstance(value, UUID):
                # A list has twenty such links: only the identifier differs.
                return kept(name, keyword).replace(str(_ANY), str(value))
        if name.startswith(_OF_NOBODY) and not arguments:
            return of_figures(name, **keywords)
        return reverse(name, args=arguments, kwargs=keywords or None)

    return address


def address(name: str, *, of: UUID, keyword: str) -> str:
    """Return the address of one thing's page, for rows of lists: only the identifier differs between them."""
    return _addresses(translation.get_language() or settings.LANGUAGE_CODE)(name, **{keyword: of})


def once(macro: Callable[..., str]) -> Callable[..., str]:
    """Return a macro that is made once for the same values, in the one language of its environment.

    For parts of every page that take a handful of values and nothing of a person.
    """
    # Typed: words with marks in them are not the same as equal words that are still to be escaped.
    return lru_cache(maxsize=MOST_KEPT, typed=True)(macro)


def section_of(path: str) -> str:
    """Return the part of a page's path that the header marks: what lies deeper in a section is one place."""
    root = get_script_prefix()
    parts = path.removeprefix(root).strip("/").split("/")
    depth = 2 if parts[0] in dict(settings.LANGUAGES) else 1
    return root + "".join(f"{part}/" for part in parts[:depth] if part) + "-" * bool(parts[depth:])


def _words(text: str) -> Markup:
    # As Jinja's newstyle gettext: the translator's words are ours and may carry marks.
    return Markup(translation.gettext(text)) % {}  # noqa: S704 -- from our own catalogues


def _words_in_context(context: str, text: str) -> Markup:
    return Markup(translation.pgettext(context, text)) % {}  # noqa: S704 -- from our own catalogues


def _fixed_address(name: str, *arguments: object, **keywords: object) -> str:
    return reverse(name, args=arguments, kwargs=keywords or None)


def one_form_token(request: HttpRequest) -> dict[str, object]:
    """Give every form of a page the same token, drawn when the first of them asks for it."""
    return {"csrf_input": _FormToken(request)}


class _FormToken:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.field = ""

    def __html__(self) -> str:
        self.field = self.field or str(csrf_input(self.request))
        return self.field


@cache
def asset(name: str) -> str:
    """Return the address of a file of the front end, with a mark that changes with its content."""
    content = (Path(settings.PANJEREH.frontend_directory) / name).read_bytes()
    return f"{assets.PREFIX}{name}?v={assets.mark_of(content)}"


def in_language(path: str, code: str) -> str:
    """Return the address of this page in another language: English has a prefix, Persian none."""
    root = get_script_prefix()
    inside = path.removeprefix(root)
    default = settings.LANGUAGE_CODE
    for other in (each for each, _ in settings.LANGUAGES if each != default):
        if inside == other or inside.startswith(f"{other}/"):
            inside = inside[len(other) + 1 :]
    return f"{root}{inside}" if code == default else f"{root}{code}/{inside}"


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the header shows a person's sections."""
    session = getattr(request, "session", None)  # none was begun where the chain of middleware broke early
    return session is not None and "account_id" in session


def language_of(text: object) -> str:
    """Return the language of words that stand as they were written, by their letters."""
    return "fa" if any(ord(letter) in _PERSIAN_LETTERS for letter in str(text)) else "en"


def page_language() -> jalali.Language:
    """Return the language of the page being made."""
    return _LANGUAGES.get(translation.get_language(), jalali.Language.FA)


# A lookup: the enumeration's own call takes as long as a whole row of a list.
_LANGUAGES: Mapping[str | None, jalali.Language] = {each.value: each for each in jalali.Language}


def digits(value: object) -> str:
    """Write a number in the digits of the page's language."""
    text = str(value)
    return persian.to_persian_digits(text) if translation.get_language() == "fa" else text


def show_number(value: float, places: int = 0) -> str:
    """Write a number with so many decimals: «۱٬۲۰۰٫۵» in Persian, "1,200.5" in English."""
    return _written_number(value, places, is_persian=page_language() is jalali.Language.FA)


def _written_number(value: float, places: int, *, is_persian: bool) -> str:
    # A number that is nothing but rounded away has no sign.
    text = f"{round(value, places) or 0:,.{places}f}".replace("-", _MINUS)
    return persian.to_persian_digits(text.translate(_PERSIAN_MARKS)) if is_persian else text


_MINUS = "\N{MINUS SIGN}"
# The thousands and the decimal separator of Arabic script, by their numbers: code holds no such letters.
_PERSIAN_MARKS = {ord(","): 0x066C, ord("."): 0x066B}


def show_date(day: dt.date | dt.datetime) -> str:
    """Write a day: «۱ آذر ۱۴۰۵», or «22 November 2026» in English."""
    date = jalali.tehran_date(day) if isinstance(day, dt.datetime) else day
    return _written(date, page_language())


@lru_cache(maxsize=4096)
def _written(day: dt.date, language: jalali.Language) -> str:
    # The same few days stand on everybody's pages.
    return jalali.format_long(day, language=language)


def show_moment(instant: dt.datetime) -> str:
    """Write a day and the Tehran time of day."""
    local = instant.astimezone(jalali.TEHRAN)
    clock = digits(f"{local.hour}:{local.minute:02}")
    return translation.gettext("%(date)s, at %(time)s") % {"date": show_date(instant), "time": clock}


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


# What a template may call with constants alone: the answer is compiled in, per language.
CONSTANT: Mapping[str, Callable[..., str]] = {
    "_": _words,
    "pgettext": _words_in_context,
    "url": _fixed_address,
    "asset": asset,
}


def _filters(language: str) -> dict[str, Callable[..., str]]:
    """Return the filters of one language. They fold constants into its own templates only."""
    is_persian = language == jalali.Language.FA

    def own_digits(value: object) -> str:
        return persian.to_persian_digits(str(value)) if is_persian else str(value)

    def own_number(value: float, places: int = 0) -> str:
        return _written_number(value, places, is_persian=is_persian)

    def isolated(value: float, places: int = 0) -> Markup:
        # Nothing here is from outside: digits and marks.
        return Markup(f'<bdi dir="ltr">{own_number(value, places)}</bdi>')  # noqa: S704

    def own_text(texts: Mapping[str, str]) -> str:
        return texts[language]

    return {
        "digits": own_digits,
        "number": own_number,
        "isolated": isolated,
        "date": show_date,
        "moment": show_moment,
        "either": own_text,
        "named": named,
    }
