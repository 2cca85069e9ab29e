"""What a program can tell about a site for a question of a list: evidence for an assessor, never an answer.

Only what is plainly there is a yes, and only what is plainly missing a no; a link may be called otherwise
than we expect, and whether a page can be used is for people: that is unknown. Which code asks which check,
and by which words a link is known, is data (`page_checks.json`).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from panjereh.domain.evaluation.rules.states import Found
from panjereh.domain.evaluation.rules.web_pages import Link, PageFacts
from panjereh_kernel.persian import fold


class CheckKind(StrEnum):
    """What is looked at. `link` looks for a link by its words; `person` is what no program can tell."""

    ACCESSIBLE = "accessible"
    CONTACT = "contact"
    HTTPS = "https"
    LANGUAGE = "language"
    LINK = "link"
    PERSON = "person"
    SEARCH = "search"
    SITE_MAP = "site-map"
    SOCIAL = "social"
    VIEWPORT = "viewport"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one question; `words` is the list of words that a link is known by."""

    kind: CheckKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class PageChecks:
    """Checks by question list and code, and what links are known by."""

    checks: Mapping[str, Mapping[str, Check]]
    words: Mapping[str, tuple[str, ...]]
    social_hosts: frozenset[str]


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """What was seen of a site. `trouble` says why its first page was not; then `page` has nothing.

    `address` is where the first page was in the end. `has_site_map` is whether a file of that kind was found.
    """

    address: str
    page: PageFacts
    has_site_map: bool
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found for one question, and as which code it was seen."""

    found: Found
    seen: str


class BadChecks(ValueError):  # noqa: N818 -- reads as what is wrong
    """The file of checks says something that is not known."""


def parse_checks(content: bytes) -> PageChecks:
    """Return the checks of a file. Raises `BadChecks`."""
    try:
        told = json.loads(content)
        words = {name: tuple(map(_folded, those)) for name, those in told["words"].items()}
        return PageChecks(
            checks={
                question_set: {code: _parse_check(check, words) for code, check in checks.items()}
                for question_set, checks in told["checks"].items()
            },
            words=MappingProxyType(words),
            social_hosts=frozenset(told["social_hosts"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadChecks(str(error)) from error


def check_site(question_set: str, site: SiteSeen, checks: PageChecks) -> dict[str, Seen]:
    """Return what a site shows for each question of a list that has a check."""
    return {
        code: Seen(Found.UNKNOWN, site.trouble) if site.trouble else _CHECKS[check.kind](check, site, checks)
        for code, check in checks.checks.get(question_set, {}).items()
    }


def _parse_check(told: str, words: Mapping[str, Any]) -> Check:
    kind, _, named = told.partition(":")
    if named and named not in words:
        raise BadChecks(told)
    return Check(CheckKind(kind), named)


def _viewport(_check: Check, site: SiteSeen, _checks: PageChecks) -> Seen:
    if "width=device-width" in site.page.viewport:
        return Seen(Found.YES, "viewport-set")
    return Seen(Found.NO, "viewport-missing")


def _site_map(check: Check, site: SiteSeen, checks: PageChecks) -> Seen:
    if site.has_site_map:
        return Seen(Found.YES, "site-map-file")
    return _link(check, site, checks)


def _search(_check: Check, site: SiteSeen, _checks: PageChecks) -> Seen:
    return Seen(Found.YES, "search-field") if site.page.has_search else _NOT_ON_FIRST_PAGE


def _link(check: Check, site: SiteSeen, checks: PageChecks) -> Seen:
    wanted = checks.words.get(check.words, ())
    said = map(_folded, dict.fromkeys(link.text for link in site.page.links))
    if any(word in each for each in said for word in wanted):
        return Seen(Found.YES, "link-found")
    return _NOT_ON_FIRST_PAGE


def _contact(check: Check, site: SiteSeen, checks: PageChecks) -> Seen:
    if any(link.href.lower().startswith(("mailto:", "tel:")) for link in site.page.links):
        return Seen(Found.YES, "mail-or-phone-link")
    return _link(check, site, checks)


def _language(_check: Check, site: SiteSeen, _checks: PageChecks) -> Seen:
    own = site.page.language.partition("-")[0]
    others = {link.language.partition("-")[0] for link in site.page.links} - {"", "x", own}
    return Seen(Found.YES, "other-language-link") if own and others else _NOT_ON_FIRST_PAGE


def _social(_check: Check, site: SiteSeen, checks: PageChecks) -> Seen:
    if any(_host(link) in checks.social_hosts for link in site.page.links):
        return Seen(Found.YES, "social-link")
    return _NOT_ON_FIRST_PAGE


def _https(_check: Check, site: SiteSeen, _checks: PageChecks) -> Seen:
    if urlsplit(site.address).scheme == "https":
        return Seen(Found.YES, "https-answers")
    return Seen(Found.NO, "https-missing")


def _accessible(_check: Check, site: SiteSeen, _checks: PageChecks) -> Seen:
    if not site.page.language:
        return Seen(Found.NO, "language-missing")
    if site.page.images_without_text:
        return Seen(Found.NO, "image-without-text")
    return _FOR_A_PERSON


def _person(_check: Check, _site: SiteSeen, _checks: PageChecks) -> Seen:
    return _FOR_A_PERSON


def _host(link: Link) -> str:
    try:
        return (urlsplit(link.href).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _folded(text: str) -> str:
    """Return a text as words of links are compared: only letters and digits count, in any case."""
    return "".join(filter(str.isalnum, fold(text)))


_NOT_ON_FIRST_PAGE: Final = Seen(Found.UNKNOWN, "not-on-first-page")
_FOR_A_PERSON: Final = Seen(Found.UNKNOWN, "for-a-person")
_CHECKS: Final[Mapping[CheckKind, Callable[[Check, SiteSeen, PageChecks], Seen]]] = {
    CheckKind.ACCESSIBLE: _accessible,
    CheckKind.CONTACT: _contact,
    CheckKind.HTTPS: _https,
    CheckKind.LANGUAGE: _language,
    CheckKind.LINK: _link,
    CheckKind.PERSON: _person,
    CheckKind.SEARCH: _search,
    CheckKind.SITE_MAP: _site_map,
    CheckKind.SOCIAL: _social,
    CheckKind.VIEWPORT: _viewport,
}
