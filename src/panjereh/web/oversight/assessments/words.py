"""Assessments in words of the page's language, for the desk and for everybody."""

from collections.abc import Mapping
from functools import cache
from typing import Final, Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.evaluation import api as evaluation
from panjereh.plumbing import pages
from panjereh.web.oversight.indices import words

SETS: Final[Mapping[str, str]] = {
    "losi-2024": gettext_noop("Portal of a city (LOSI 2024, 95 questions)"),
    "osi-2024": gettext_noop("Portal of a country (OSI 2024, 183 questions)"),
}
REPLIES: Final[Mapping[evaluation.Reply, tuple[str, str]]] = {
    evaluation.Reply.YES: ("good", gettext_noop("Yes")),
    evaluation.Reply.NO: ("bad", gettext_noop("No")),
    evaluation.Reply.NOT_APPLICABLE: ("", gettext_noop("Does not apply")),
}
EFFORTS: Final[Mapping[int, str]] = {
    1: gettext_noop("1: a text"),
    2: gettext_noop("2: a feature"),
    3: gettext_noop("3: a service or a law"),
}
FOUND: Final[Mapping[evaluation.Found, tuple[str, str]]] = {
    evaluation.Found.YES: ("good", gettext_noop("It is there")),
    evaluation.Found.NO: ("bad", gettext_noop("It is missing")),
    evaluation.Found.UNKNOWN: ("wait", gettext_noop("Not known")),
}
SEEN: Final[Mapping[str, str]] = {
    "viewport-set": gettext_noop("the page fits itself to narrow screens"),
    "viewport-missing": gettext_noop("the page does not say that it fits narrow screens"),
    "site-map-file": gettext_noop("a file with the map of the site"),
    "search-field": gettext_noop("a search field on the first page"),
    "link-found": gettext_noop("a link on the first page"),
    "mail-or-phone-link": gettext_noop("a link to write or to call"),
    "other-language-link": gettext_noop("a link to another language"),
    "social-link": gettext_noop("a link to a social network"),
    "https-answers": gettext_noop("the portal answers over an encrypted connection"),
    "https-missing": gettext_noop("the portal does not answer over an encrypted connection"),
    "language-missing": gettext_noop("the page does not say in which language it is"),
    "image-without-text": gettext_noop("an image without a text in its place"),
    "not-on-first-page": gettext_noop("nothing on the first page; it may be elsewhere"),
    "for-a-person": gettext_noop("only a person can tell"),
    "robots-forbid": gettext_noop("the site lets no program read this page"),
    "robots-away": gettext_noop("the site does not say what programs may read"),
    "robots-delay": gettext_noop("the site asks programs to wait too long"),
    "too-many-hops": gettext_noop("the address leads on and on"),
    "too-many-requests": gettext_noop("the site takes too many questions to read"),
    "too-large": gettext_noop("the page is too large"),
    "slow": gettext_noop("the site answered too slowly"),
    "no-answer": gettext_noop("the site did not answer"),
    "no-such-host": gettext_noop("there is no site of this name"),
    "not-public": gettext_noop("the address is not of the open internet"),
    "no-address": gettext_noop("the site led to something that is no address"),
    "no-page": gettext_noop("the address holds no page"),
}


class Named(Protocol):
    """What an assessment is about."""

    @property
    def question_set(self) -> str:
        """The list of questions."""

    @property
    def iso3(self) -> str:
        """The code of the state."""

    @property
    def city(self) -> str:
        """The city, "" for the state itself."""


def title_of(assessment: Named) -> str:
    """Return what is assessed by which list: a city, or a state."""
    place = assessment.city or words.country_names().get(assessment.iso3, assessment.iso3)
    index, _sign, edition = assessment.question_set.partition("-")
    return f"{place} · {index.upper()} {pages.digits(edition)}"


def part_names() -> Mapping[str, str]:
    """Return the names of the parts of question lists."""
    named = {**words.question_groups(), "PE": _("participation")}
    return {part: name[:1].upper() + name[1:] for part, name in named.items()}


def seen(code: str) -> str:
    """Return what a program saw, in words; its code where it has none."""
    return _(SEEN[code]) if code in SEEN else code


@cache
def checked_codes(question_set: str) -> frozenset[str]:
    """Return the questions for which a program looks at the portals, and can say more than "ask a person"."""
    path = settings.PANJEREH.data_directory / "assessments" / "page_checks.json"
    checks = evaluation.parse_checks(path.read_bytes()).checks.get(question_set, {})
    return frozenset(code for code, check in checks.items() if check.kind is not evaluation.CheckKind.PERSON)
